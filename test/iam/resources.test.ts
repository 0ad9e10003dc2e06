import { MODEL, PROFILE, verdict } from './verdict';

const ask = (pattern: string, resource: string) =>
  verdict([{ Effect: 'Allow', Action: '*', Resource: pattern }], { resource });

test.each([
  ['*', '*', 'allowed'],
  ['*', MODEL, 'allowed'],
  [MODEL, MODEL, 'allowed'],
  [MODEL, MODEL.toUpperCase(), 'implicitDeny'],
  [MODEL, '*', 'implicitDeny'],
  ['arn:aws:bedrock:*::foundation-model/*', MODEL, 'allowed'],
  ['arn:aws:bedrock:*::foundation-model/*', PROFILE, 'implicitDeny'],
  ['arn:aws:bedrock:*:*:foundation-model/*', MODEL, 'allowed'],
  ['arn:aws:bedrock:us-east-?::foundation-model/*', MODEL, 'allowed'],
  ['arn:aws:bedrock:us-east-1::foundation-model/acme.*:0', MODEL, 'allowed'],
  ['arn:*:bedrock:us-east-1::foundation-model/*', MODEL, 'allowed'],
  ['arn:aws:bedrock:us-east-1:*:*', PROFILE, 'allowed'],
  ['arn:aws:bedrock:us-east-1:111122223333:*', PROFILE, 'allowed'],
  ['arn:aws:bedrock:eu-west-1:111122223333:*', PROFILE, 'implicitDeny'],
  ['arn:aws:bedrock:*::foundation-model/*', 'arn:aws:bedrock:us-east-1:x::foundation-model/a', 'refused'],
  ['arn:aws:bedrock:*:111122223333:prompt/*', 'arn:aws:bedrock:a:b:111122223333:prompt/x', 'refused'],
])('the resource %s against %s is %s', (pattern, resource, expected) => {
  expect(ask(pattern, resource)).toBe(expected);
});

test('an undecided resource in a statement about another action does not matter', () => {
  const statement = { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:bedrock:*::foundation-model/*' };
  const resource = 'arn:aws:bedrock:us-east-1:x::foundation-model/a';
  expect(verdict([{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }, statement], { resource })).toBe('allowed');
});

test.each([
  ['Action', 'bedrock:invokemodel', 'allowed'],
  ['Action', 'BEDROCK:Invoke*', 'allowed'],
  ['Action', 'bedrock:InvokeModel?', 'implicitDeny'],
  ['Action', ['s3:*', 'bedrock:?nvokeModel'], 'allowed'],
  ['NotAction', ['s3:*', 'bedrock:Get*'], 'allowed'],
  ['NotAction', 'bedrock:*', 'implicitDeny'],
  ['NotAction', '*', 'implicitDeny'],
])('%s %j makes bedrock:InvokeModel %s', (element, value, expected) => {
  expect(verdict([{ Effect: 'Allow', [element]: value, Resource: '*' }])).toBe(expected);
});

test('a letter that becomes a k when lower-cased does not match a k in an action', () => {
  expect(verdict([{ Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }], { action: 'bedroc\u212A:GetModel' })).toBe(
    'implicitDeny',
  );
});
