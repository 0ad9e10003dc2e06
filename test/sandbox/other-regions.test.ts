import { GetInferenceProfileCommand } from '@aws-sdk/client-bedrock';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, failure, settings } from './clients';
import { ANYTHING, accountOf, allow, GEOGRAPHIC, INVOKE, MODEL, modelArn, role } from './small-account';

const HERE = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };
const account = accountOf([
  role('admin', [ANYTHING]),
  role('homely', [allow('*', '*', HERE)]),
  role('western', [allow(INVOKE, modelArn('us-west-2'))]),
]);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ account });
});
afterAll(() => sandbox.close());

const settingsOf = (name: string, region: string) => ({
  ...settings(sandbox.url, sandbox.credentialsFor(`arn:aws:iam::111122223333:role/team/${name}`)),
  region,
});

async function converse(name: string, region: string, modelId: string): Promise<string> {
  const client = CLIENTS.runtime(settingsOf(name, region));
  const messages = [{ role: 'user' as const, content: [{ text: 'hello' }] }];
  const failed = await failure(client.send(new ConverseCommand({ modelId, messages })));
  client.destroy();
  return failed.replace(/User: \S+ is not authorized to perform: |because .*/g, '').trim();
}

test.each([
  ['admin', 'us-west-2', MODEL, 'no error'],
  ['admin', 'us-west-2', modelArn('us-west-2'), 'no error'],
  ['admin', 'us-west-2', `us.${MODEL}`, 'no error'],
  ['admin', 'eu-central-1', `eu.${MODEL}`, 'no error'],
  ['western', 'us-west-2', MODEL, 'no error'],
  [
    'western',
    'us-west-2',
    `us.${MODEL}`,
    `403 AccessDeniedException: bedrock:InvokeModel on resource: arn:aws:bedrock:us-west-2:111122223333:inference-profile/us.${MODEL}`,
  ],
  [
    'western',
    'us-east-1',
    MODEL,
    `403 AccessDeniedException: bedrock:InvokeModel on resource: ${modelArn('us-east-1')}`,
  ],
  ['homely', 'us-east-1', MODEL, 'no error'],
  [
    'homely',
    'us-west-2',
    MODEL,
    `403 AccessDeniedException: bedrock:InvokeModel on resource: ${modelArn('us-west-2')}`,
  ],
  ['admin', 'eu-central-1', `us.${MODEL}`, '400 ValidationException: The provided model identifier is invalid.'],
  ['admin', 'us-west-2', modelArn('us-east-1'), '400 ValidationException: The provided model identifier is invalid.'],
  ['admin', 'us-west-2', GEOGRAPHIC.arn, '400 ValidationException: The provided model identifier is invalid.'],
])('%s in %s calls %s: %s', async (name, region, modelId, expected) => {
  expect(await converse(name, region, modelId)).toBe(expected);
});

test('another Region has none of the account’s profiles, neither by ARN nor by id', async () => {
  const client = CLIENTS.bedrock(settingsOf('admin', 'us-west-2'));
  const profile = new GetInferenceProfileCommand({ inferenceProfileIdentifier: GEOGRAPHIC.id });
  expect(await failure(client.send(profile))).toMatch(/^404 ResourceNotFoundException/);
  client.destroy();
});

test('IAM decides on a profile before the profile is looked up', async () => {
  const none = GEOGRAPHIC.arn.replace(GEOGRAPHIC.id, '000000000000');
  expect([await converse('western', 'us-east-1', none), await converse('admin', 'us-east-1', none)]).toEqual([
    `403 AccessDeniedException: bedrock:InvokeModel on resource: ${none}`,
    `404 ResourceNotFoundException: The inference profile ${none} was not found.`,
  ]);
});
