import { evaluate } from '../../lib/iam/evaluate/evaluate';
import { documentOf, MODEL } from './verdict';

const request = { action: 'bedrock:InvokeModel', resource: MODEL, context: {} };
const statement = (Effect: string, Sid: string, Action: string) => ({ Sid, Effect, Action, Resource: '*' });
const policy = (name: string, ...statements: unknown[]) => ({ name, document: documentOf(...statements) });

const allow = (name: string) => policy(name, statement('Allow', `${name}Allow`, '*'));
const deny = (name: string) =>
  policy(name, statement('Allow', `${name}Allow`, '*'), statement('Deny', `${name}Deny`, '*'));
const silent = (name: string) => policy(name, statement('Allow', `${name}Other`, 's3:*'));
const odd = (name: string) => policy(name, statement('Maybe', `${name}Maybe`, 's3:*'));

test('an allowed request names one allow of each layer', () => {
  const layers = { identity: [silent('a'), allow('b'), allow('c')], boundary: allow('d'), session: allow('e') };
  expect(evaluate(layers, request)).toEqual({
    decision: 'allowed',
    layer: 'identity',
    decidedBy: [
      { layer: 'identity', policy: 'b', sid: 'bAllow' },
      { layer: 'boundary', policy: 'd', sid: 'dAllow' },
      { layer: 'session', policy: 'e', sid: 'eAllow' },
    ],
    refusals: [],
  });
});

test.each([
  ['no policies', { identity: [] }, 'identity'],
  ['identity', { identity: [silent('a')], boundary: silent('b') }, 'identity'],
  ['the boundary', { identity: [allow('a')], boundary: silent('b'), session: silent('c') }, 'boundary'],
  ['the session policy', { identity: [allow('a')], boundary: allow('b'), session: silent('c') }, 'session'],
])('the first layer without an allow is named: %s', (_title, layers, layer) => {
  expect(evaluate(layers, request)).toEqual({ decision: 'implicitDeny', layer, decidedBy: [], refusals: [] });
});

test.each([
  ['identity', { identity: [allow('a'), deny('x')], boundary: allow('b') }],
  ['boundary', { identity: [allow('a')], boundary: deny('x') }],
  ['session', { identity: [silent('a')], boundary: silent('b'), session: deny('x') }],
])('a deny in the layer %s overrides every allow', (layer, layers) => {
  const decidedBy = [{ layer, policy: 'x', sid: 'xDeny' }];
  expect(evaluate(layers, request)).toEqual({ decision: 'explicitDeny', layer, decidedBy, refusals: [] });
});

test.each([
  ['identity', { identity: [deny('a'), odd('x')] }],
  ['boundary', { identity: [allow('a')], boundary: odd('x') }],
  ['session', { identity: [silent('a')], session: odd('x') }],
])('a statement that is not understood in the layer %s refuses every request', (layer, layers) => {
  const refusals = [{ policy: 'x', sid: 'xMaybe', reason: "Effect is 'Maybe'; it must be 'Allow' or 'Deny'" }];
  expect(evaluate(layers, request)).toEqual({ decision: 'refused', layer, decidedBy: [], refusals });
});

test('a document that is attached under two names is explained by the name in the request', () => {
  const { document } = allow('shared');
  const by = (name: string) => evaluate({ identity: [{ name, document }] }, request).decidedBy[0]?.policy;
  expect([by('a'), by('b')]).toEqual(['a', 'b']);
});
