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
  ['what is as intended', { asIntended: true, outcome: 'allowed' }, false],
  ['a denial of what must be allowed', { outcome: 'denied' }, true],
  ['a denial of what the catalog alone says the model can do', { outcome: 'denied', byCatalog: true }, true],
  ['an answer to what must be denied', { expected: 'denied', outcome: 'allowed' }, true],
  ['no verdict on what must be denied', { expected: 'denied' }, false],
  ['what stays until somebody acts', { outcome: 'unavailable' }, true],
  ['what passes by itself', { outcome: 'unavailable', passes: true }, false],
  ['a refusal of what the file asks for', {}, true],
  ['a refusal of what the catalog alone says the model can do', { byCatalog: true }, false],
  ['an end of life met by a probe of the catalog', { outcome: 'unavailable', byCatalog: true }, true],
])('%s', (_, changes, wrong) => {
  expect(isWrong(result(changes))).toBe(wrong);
});
