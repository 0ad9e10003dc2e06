import { isResourceRequest } from '../../../../lambda/custom-resource/resource-request';
import { parseGateOrder } from '../../../../lambda/verify/gate/gate-request';
import { handler } from '../../../../lambda/verify/handler';
import { resourceRequest } from '../resource-request';

/** Returns an event as it arrives: parsed JSON, in which `__proto__` is an ordinary key. */
const event = (changes: Record<string, unknown>): unknown =>
  JSON.parse(JSON.stringify({ ...resourceRequest(), ...changes }));

const Aliases = { main: 'arn:main' };

const without = (key: string): unknown =>
  Object.fromEntries(Object.entries(resourceRequest()).filter(([name]) => name !== key));

test.each([
  ['Create', {}],
  ['Update', { PhysicalResourceId: 'bedrock-access-gate', OldResourceProperties: { Application: 'shop' } }],
  ['Delete', { PhysicalResourceId: 'bedrock-access-gate' }],
])('a %s is a request of CloudFormation', (RequestType, rest) => {
  expect(isResourceRequest(event({ RequestType, ...rest }))).toBe(true);
});

test.each(['RequestType', 'ResponseURL', 'StackId', 'RequestId', 'LogicalResourceId'])(
  'an event without the text %s is not a request of CloudFormation',
  (key) => {
    expect(isResourceRequest(without(key))).toBe(false);
    for (const wrong of [null, 7, true, [], ['Create'], ['https://example.com/'], {}, { toString: 1 }]) {
      expect([wrong, isResourceRequest(event({ [key]: wrong }))]).toEqual([wrong, false]);
    }
  },
);

test('an event without properties is not a request of CloudFormation', () => {
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
])('%p is not a request of CloudFormation', (other) => {
  const whole = typeof other === 'object' && other !== null && 'RequestType' in other;
  expect(isResourceRequest(whole ? event(other) : other)).toBe(false);
});

test('keys of the prototype are not read', () => {
  const request = JSON.stringify(resourceRequest());
  expect(isResourceRequest(JSON.parse(`{"__proto__":${request}}`))).toBe(false);
  expect(isResourceRequest(JSON.parse(`{"constructor":{"prototype":${request}}}`))).toBe(false);
  const ResourceProperties = JSON.parse('{"__proto__":{"Application":"shop","OnFailure":"warn"}}');
  expect(() => parseGateOrder(resourceRequest({ ResourceProperties }))).toThrow(
    'the gate has the Application undefined',
  );
});

test('any other event is refused, and the error does not repeat its values', async () => {
  const refused = handler(event({ RequestType: 'Read', ResponseURL: 'http://example.com/?Signature=secret' }));
  await expect(refused).rejects.toThrow(/^the event has the unknown keys RequestType, ServiceToken, ResponseURL/);
  await expect(refused).rejects.not.toThrow(/secret/);
});

test.each(['fail', 'warn'] as const)(
  'the order of a gate holds its application, its aliases and the effect of a failure: %s',
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

test('the error repeats wrong properties only in part', () => {
  const ResourceProperties = { Application: 'shop', Aliases, OnFailure: 'x'.repeat(100_000) };
  expect(() => parseGateOrder(resourceRequest({ ResourceProperties }))).toThrow(/^.{1,600}$/);
});
