import { readSettings } from '../../../lambda/verify/settings';

const variables = {
  ENVIRONMENT: 'dev',
  AWS_REGION: 'us-east-1',
  PROBE_ROLE_ARN: 'arn:aws:iam::111122223333:role/bedrock-access/dev/probe/dev_{application}_probe',
  POLICIES_PROBE_ROLE_ARN: 'arn:{application}:{application}',
  DECOY_PROFILE_ARN: 'arn:decoy',
};

test('role ARNs are made from their templates', () => {
  const settings = readSettings(variables);
  expect(settings.probeRoleArn('shop')).toBe('arn:aws:iam::111122223333:role/bedrock-access/dev/probe/dev_shop_probe');
  expect(settings.policiesProbeRoleArn('a$&b')).toBe('arn:a$&b:a$&b');
});

test.each(Object.keys(variables))('a missing %s is named in the error', (name) => {
  expect(() => readSettings({ ...variables, [name]: '' })).toThrow(`the environment variable ${name} is not set`);
});

test('a template without the application is refused', () => {
  expect(() => readSettings({ ...variables, PROBE_ROLE_ARN: 'arn:r' })).toThrow(
    "the environment variable PROBE_ROLE_ARN is 'arn:r'; it must hold {application}",
  );
});
