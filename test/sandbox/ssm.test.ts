import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  PutParameterCommand,
} from '@aws-sdk/client-ssm';
import { type Sandbox, startSandbox } from '../../lib/sandbox/start-sandbox';
import { CLIENTS, failure, settings } from './clients';
import { accountOf, allow, GEOGRAPHIC, role } from './small-account';

const ROOT = 'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access/dev/chat';
const READ = ['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];
const account = accountOf([role('app', [allow(READ, [ROOT, `${ROOT}/*`])])]);
const NAME = '/bedrock-access/dev/chat/main';
let sandbox: Sandbox;
let client: ReturnType<typeof CLIENTS.ssm>;

beforeAll(async () => {
  sandbox = await startSandbox({ account });
  client = CLIENTS.ssm(settings(sandbox.url, sandbox.credentialsFor(account.principals[0]?.arn ?? '')));
});
afterAll(async () => {
  client.destroy();
  await sandbox.close();
});

const one = (Name: string) => client.send(new GetParameterCommand({ Name, WithDecryption: true }));
const many = (Names: string[]) => client.send(new GetParametersCommand({ Names }));
const below = (more: object = {}) =>
  client.send(new GetParametersByPathCommand({ Path: '/bedrock-access/dev/chat', ...more }));

test.each([NAME, `${ROOT}/main`])('GetParameter answers %s', async (name) => {
  const { Parameter } = await one(name);
  expect(Parameter).toEqual({
    Name: NAME,
    Type: 'String',
    Value: GEOGRAPHIC.arn,
    Version: 1,
    LastModifiedDate: new Date('2026-01-01'),
    ARN: `${ROOT}/main`,
    DataType: 'text',
  });
});

test('GetParameters lists the names that do not exist', async () => {
  const { Parameters, InvalidParameters } = await many([NAME, `${NAME}/no`]);
  expect([Parameters?.map((p) => p.Name), InvalidParameters]).toEqual([[NAME], [`${NAME}/no`]]);
});

test.each<[string, object, readonly string[]]>([
  ['one level', {}, ['main', 'main.json']],
  ['every level', { Recursive: true }, ['deep/er', 'main', 'main.json']],
  ['a path with a slash at its end', { Path: '/bedrock-access/dev/chat/' }, ['main', 'main.json']],
])('GetParametersByPath answers %s', async (_, more, names) => {
  const { Parameters, NextToken } = await below(more);
  expect(Parameters?.map((p) => p.Name)).toEqual(names.map((name) => `/bedrock-access/dev/chat/${name}`));
  expect(NextToken).toBeUndefined();
});

test('GetParametersByPath answers page by page', async () => {
  const first = await below({ Recursive: true, MaxResults: 2 });
  const second = await below({ Recursive: true, MaxResults: 2, NextToken: first.NextToken });
  expect([first.Parameters?.length, second.Parameters?.map((p) => p.Name), second.NextToken]).toEqual([
    2,
    ['/bedrock-access/dev/chat/main.json'],
    undefined,
  ]);
});

const denied = (action: string, resource: string): string =>
  `400 AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/app/sandbox is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
const OTHER = ROOT.replace('chat', 'other');

test.each<[string, () => Promise<unknown>, string]>([
  ['another application', () => one('/bedrock-access/dev/other/main'), denied('ssm:GetParameter', `${OTHER}/main`)],
  [
    'one denied name of two',
    () => many([NAME, '/bedrock-access/dev/other/main']),
    denied('ssm:GetParameters', `${OTHER}/main`),
  ],
  [
    'the path above the allowed one',
    () => below({ Path: '/bedrock-access/' }),
    denied('ssm:GetParametersByPath', 'arn:aws:ssm:us-east-1:111122223333:parameter/bedrock-access'),
  ],
  [
    'a parameter that does not exist',
    () => one(`${NAME}/no`),
    `400 ParameterNotFound: Parameter ${NAME}/no not found.`,
  ],
  ['eleven names', () => many(Array(11).fill(NAME)), '400 ValidationException: Names must hold 1 to 10 names'],
  [
    'a page of 11',
    () => below({ MaxResults: 11 }),
    '400 ValidationException: MaxResults must be a number from 1 to 10',
  ],
  ['an invalid token', () => below({ NextToken: 'x' }), '400 InvalidNextToken: The specified token is not valid.'],
  [
    'a filter',
    () => below({ ParameterFilters: [] }),
    '400 ValidationException: ParameterFilters is not supported by the sandbox; it supports Path, Recursive, MaxResults, NextToken, WithDecryption',
  ],
  [
    'another operation',
    () => client.send(new PutParameterCommand({ Name: NAME, Value: 'x' })),
    '400 UnknownOperationException: the sandbox does not serve AmazonSSM.PutParameter',
  ],
])('%s is answered with an error', async (_, call, error) => {
  expect(await failure(call())).toBe(error);
});
