import { GetInferenceProfileCommand, ListInferenceProfilesCommand } from '@aws-sdk/client-bedrock';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, failure, settings } from './clients';
import {
  ANYTHING,
  accountOf,
  allow,
  GEOGRAPHIC,
  MODEL,
  modelArn,
  REGIONAL,
  role,
  SYSTEM_PROFILE,
} from './small-account';

const account = accountOf([
  role('app', [ANYTHING]),
  role('one', [allow('bedrock:GetInferenceProfile', GEOGRAPHIC.arn)]),
]);
let sandbox: Sandbox;
const open: ReturnType<typeof CLIENTS.bedrock>[] = [];

beforeAll(async () => {
  sandbox = await startSandbox({ account });
});
afterAll(async () => {
  for (const client of open) {
    client.destroy();
  }
  await sandbox.close();
});

function get(at: number, inferenceProfileIdentifier: string) {
  const client = CLIENTS.bedrock(settings(sandbox.url, sandbox.credentialsFor(account.principals[at]?.arn ?? '')));
  open.push(client);
  return client.send(new GetInferenceProfileCommand({ inferenceProfileIdentifier }));
}

const US = ['us-east-1', 'us-east-2', 'us-west-2'].map((region) => ({ modelArn: modelArn(region) }));

test.each([GEOGRAPHIC.arn, GEOGRAPHIC.id])('an application profile is found by %s', async (id) => {
  const { $metadata, ...profile } = await get(1, id);
  expect(profile).toEqual({
    inferenceProfileName: GEOGRAPHIC.name,
    inferenceProfileArn: GEOGRAPHIC.arn,
    inferenceProfileId: GEOGRAPHIC.id,
    models: US,
    status: 'ACTIVE',
    type: 'APPLICATION',
    createdAt: new Date('2026-01-01'),
    updatedAt: new Date('2026-01-01'),
  });
});

test('an application profile that was copied from a model lists that model', async () => {
  expect((await get(0, REGIONAL.arn)).models).toEqual([{ modelArn: modelArn('us-east-1') }]);
});

test.each([`us.${MODEL}`, SYSTEM_PROFILE])('a system-defined profile is found by %s', async (id) => {
  expect(await get(0, id)).toMatchObject({ inferenceProfileId: `us.${MODEL}`, models: US, type: 'SYSTEM_DEFINED' });
});

test('access to a profile that the policy does not name is denied', async () => {
  expect(await failure(get(1, REGIONAL.arn))).toBe(
    `403 AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/one/sandbox is not authorized to perform: bedrock:GetInferenceProfile on resource: ${REGIONAL.arn} because no identity-based policy allows the bedrock:GetInferenceProfile action`,
  );
});

test('a profile that does not exist is not found', async () => {
  expect(await failure(get(0, 'zzzzzzzzzzzz'))).toMatch(/^404 ResourceNotFoundException/);
});

test('an operation that the sandbox does not serve is unknown', async () => {
  const client = CLIENTS.bedrock(settings(sandbox.url, sandbox.credentialsFor(account.principals[0]?.arn ?? '')));
  open.push(client);
  expect(await failure(client.send(new ListInferenceProfilesCommand()))).toMatch(/^404 UnknownOperationException/);
});
