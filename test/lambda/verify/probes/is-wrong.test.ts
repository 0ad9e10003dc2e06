import { isWrong } from '../../../../lambda/verify/probes/is-wrong';
import type { ProbeResult } from '../../../../lambda/verify/result';

const result = (changes: Partial<ProbeResult>): ProbeResult => ({
  application: 'shop',
  alias: 'main',
  generation: 'g1',
  modelId: 'm',
  routing: 'us',
  probe: 'image',
  expected: 'allowed',
  outcome: 'inconclusive',
  asIntended: false,
  principal: 'arn:role',
  target: 'arn:p',
  milliseconds: 1,
  attempts: 1,
  ...changes,
});

test.each<[string, Partial<ProbeResult>, boolean]>([
  ['a probe that is as intended', { asIntended: true, outcome: 'allowed' }, false],
  ['a denied call that must be allowed', { outcome: 'denied' }, true],
  ['a denied probe that only the catalog asks for', { outcome: 'denied', byCatalog: true }, true],
  ['an answered call that must be denied', { expected: 'denied', outcome: 'allowed' }, true],
  ['a call that must be denied without a verdict', { expected: 'denied' }, false],
  ['a problem that stays until somebody acts', { outcome: 'unavailable' }, true],
  ['a problem that may pass without any action', { outcome: 'unavailable', passes: true }, false],
  ['a refused probe that the file asks for', {}, true],
  ['a refused probe that only the catalog asks for', { byCatalog: true }, false],
  [
    'the end of life of a model in a probe that only the catalog asks for',
    { outcome: 'unavailable', byCatalog: true },
    true,
  ],
])('%s', (_, changes, wrong) => {
  expect(isWrong(result(changes))).toBe(wrong);
});
