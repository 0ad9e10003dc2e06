import { isResourceRequest } from '../../../../lambda/custom-resource/resource-request';
import { parseGateOrder } from '../../../../lambda/verify/gate/gate-request';
import { handler } from '../../../../lambda/verify/handler';
import { resourceRequest } from '../resource-request';

/** An event as it arrives: JSON, in which `__proto__` is a key like any other. */
const event = (changes: Record<string, unknown>): unknown =>
  JSON.parse(JSON.stringify({ ...resourceRequest(), ...changes }));

const Aliases = { main: 'arn:main' };

const without = (key: string): unknown =>
  Object.fromEntries(Object.entries(resourceRequest()).filter(([found]) => found !== key));

test.each([
  ['Create', {}],
  ['Update', { PhysicalResourceId: 'bedrock-access-gate', OldResourceProperties: { Application: 'shop' } }],
  ['Delete', { PhysicalResourceId: 'bedrock-access-gate' }],
])('%s is a request of CloudFormation', (RequestType, rest) => {
  expect(isResourceRequest(event({ RequestType, ...rest }))).toBe(true);
});

test.each([
  'https://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/a%7Cb?AWSAccessKeyId=k&Signature=s%3D',
  'https://cloudformation-custom-resource-response-usgovwest1.s3.us-gov-west-1.amazonaws.com/a',
  'http://127.0.0.1:8080/answer',
  'http://[::1]:8080/answer',
])('an answer can go to %s', (ResponseURL) => {
  expect(isResourceRequest(event({ ResponseURL }))).toBe(true);
});

test.each([
  'http://cloudformation-custom-resource-response-useast1.s3.amazonaws.com/a',
  'http://169.254.169.254/latest/meta-data/',
  'http://localhost:8080/',
  'http://127.0.0.1.example.com/',
  'http://127.0.0.1@example.com/',
  'http://[::ffff:127.0.0.1]/',
  'http://0.0.0.0/',
  'https://user:password@example.com/',
  'https://user@example.com/',
  'https://:password@example.com/',
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'data:text/plain,x',
  'javascript:0',
  '//example.com/a',
  'https://',
  'example.com',
  '',
])('no answer goes to %s', (ResponseURL) => {
  expect(isResourceRequest(event({ ResponseURL }))).toBe(false);
});

test.each(['RequestType', 'ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'])(
  'without the text %s it is no request of CloudFormation',
  (key) => {
    expect(isResourceRequest(without(key))).toBe(false);
    for (const wrong of [null, 7, true, [], ['Create'], ['https://example.com/'], {}, { toString: 1 }]) {
      expect([wrong, isResourceRequest(event({ [key]: wrong }))]).toEqual([wrong, false]);
    }
  },
);

test('without properties it is no request of CloudFormation', () => {
  expect(isResourceRequest(without('ResourceProperties'))).toBe(false);
  for (const wrong of [null, 7, true, 'shop']) {
    expect([wrong, isResourceRequest(event({ ResourceProperties: wrong }))]).toEqual([wrong, false]);
  }
});

test.each([
  undefined,
  null,
  7,
  'Create',
  [],
  [resourceRequest()],
  {},
  { applications: ['shop'] },
  { RequestType: 'create' },
  { RequestType: 'Read' },
])('%p is no request of CloudFormation', (other) => {
  const whole = typeof other === 'object' && other !== null && 'RequestType' in other;
  expect(isResourceRequest(whole ? event(other) : other)).toBe(false);
});

test('keys of a prototype are not read', () => {
  const request = JSON.stringify(resourceRequest());
  expect(isResourceRequest(JSON.parse(`{"__proto__":${request}}`))).toBe(false);
  expect(isResourceRequest(JSON.parse(`{"constructor":{"prototype":${request}}}`))).toBe(false);
  const ResourceProperties = JSON.parse('{"__proto__":{"Application":"shop","OnFailure":"warn"}}');
  expect(() => parseGateOrder(resourceRequest({ ResourceProperties }))).toThrow(
    'the gate has the Application undefined',
  );
});

test('what is not a request of CloudFormation is refused as an event, and its values are not repeated', async () => {
  const refused = handler(event({ ResponseURL: 'http://example.com/?Signature=secret' }));
  await expect(refused).rejects.toThrow(/^the event has the unknown keys RequestType, ServiceToken, ResponseURL/);
  await expect(refused).rejects.not.toThrow(/secret/);
});

test.each(['fail', 'warn'] as const)(
  'the order of a gate is its application and what a failure does: %s',
  (OnFailure) => {
    const ResourceProperties = { Application: 'shop', Aliases, OnFailure, Judged: 'x', ServiceTimeout: '960' };
    expect(parseGateOrder(resourceRequest({ ResourceProperties }))).toEqual({
      application: 'shop',
      aliases: Aliases,
      onFailure: OnFailure,
    });
  },
);

test.each([
  [{}, 'the gate has the Application undefined'],
  [{ Application: '', OnFailure: 'fail' }, 'the gate has the Application ""'],
  [{ Application: ['shop'], OnFailure: 'fail' }, 'the gate has the Application ["shop"]'],
  [{ Application: 'shop', OnFailure: 'fail' }, 'the gate has the Aliases undefined'],
  [{ Application: 'shop', Aliases: {}, OnFailure: 'fail' }, 'the gate has the Aliases {}'],
  [{ Application: 'shop', Aliases: ['arn'], OnFailure: 'fail' }, 'the gate has the Aliases ["arn"]'],
  [{ Application: 'shop', Aliases: { main: 7 }, OnFailure: 'fail' }, 'the gate has the Aliases {"main":7}'],
  [{ Application: 'shop', Aliases }, "the gate has OnFailure undefined; allowed: 'fail', 'warn'"],
  [{ Application: 'shop', Aliases, OnFailure: 'WARN' }, `the gate has OnFailure "WARN"; allowed: 'fail', 'warn'`],
  [{ Application: 'shop', Aliases, OnFailure: ['warn'] }, `the gate has OnFailure ["warn"]; allowed: 'fail', 'warn'`],
  [
    { Application: 'shop', Aliases, OnFailure: { toString: 1 } },
    `the gate has OnFailure {"toString":1}; allowed: 'fail', 'warn'`,
  ],
])('the properties %j are refused', (ResourceProperties, message) => {
  expect(() => parseGateOrder(resourceRequest({ ResourceProperties }))).toThrow(new Error(message));
});

test('what is repeated of wrong properties is short', () => {
  const ResourceProperties = { Application: 'shop', Aliases, OnFailure: 'x'.repeat(100_000) };
  expect(() => parseGateOrder(resourceRequest({ ResourceProperties }))).toThrow(/^.{1,600}$/);
});
