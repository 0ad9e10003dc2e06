import { planAccess } from '../../../lib/plan/environment/access-plan';
import { testEnvironment } from '../../plan/environments';
import { run } from '../run';

const plan = planAccess(testEnvironment('network'));

test.each(['bedrock-runtime', 'bedrock', 'ssm', 'sts'])(
  'standard output has the policy of %s alone, without white space',
  async (service) => {
    const { exitCode, out, err } = await run(['plan', 'network', '--endpoint-policy', service]);
    const planned = plan.network?.endpoints.find((e) => e.service === service);
    expect(out.trimEnd()).toBe(JSON.stringify({ Version: '2012-10-17', Statement: planned?.statements }));
    expect(err).toContain(`${out.trimEnd().length} of 20480 characters; npx bedrock-access prove network proves it`);
    expect(exitCode).toBe(0);
  },
);

test.each([
  ['plan network --endpoint-policy s3', "must be one of bedrock-runtime, bedrock, ssm, sts; got 's3'"],
  ['plan network --endpoint-policy ssm --statements', 'leave out --statements'],
  [
    'plan network --endpoint-policy ssm --statements --execution-policy',
    'leave out --statements and --execution-policy',
  ],
  ['plan network --endpoint-policy ssm --out policy.json', 'leave out --out'],
  [
    'plan dev --endpoint-policy ssm',
    'dev has no endpoint of ssm; name it in the environment file: network: { endpoints: { ssm: vpce-0123456789abcdef0 } }',
  ],
])('%s is wrong usage', async (line, says) => {
  const { exitCode, out, err } = await run(line.split(' '));
  expect(err).toContain(says);
  expect([exitCode, out]).toEqual([2, '']);
});

test('the plan says which endpoints there are, and shows their policies with --statements', async () => {
  const { out } = await run(['plan', 'network', '--statements']);
  expect(out).toContain(
    'endpoints in vpc-0123456789abcdef0: bedrock-runtime, bedrock, ssm, sts, in 2 subnets, reached from 10.0.0.0/16 on port 443',
  );
  expect(out).toContain('the verification calls from outside the VPC, so it does not try the endpoints');
  expect(out).toContain('"Sid": "NetworkChatProfiles"');
});
