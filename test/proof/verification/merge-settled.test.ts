import { mergeSettled } from '../../../lib/proof/verification/merge-settled';
import type { SettledFact } from '../../../lib/proof/verification/verification-result';

const fact = (application: string, settled: boolean, answer: string, routing = 'us'): SettledFact => ({
  ...{ fact: 'system-profile-grant', application, alias: 'main' },
  ...{ routing, settled, answer },
});

test.each<[string, readonly SettledFact[], readonly string[]]>([
  ['no facts give no facts', [], []],
  ['the same answer of two applications is one fact', [fact('a', true, 'yes'), fact('b', true, 'yes')], ['a yes']],
  [
    'a fact that one application settled is not open for the other',
    [fact('a', false, 'late'), fact('b', true, 'yes')],
    ['b yes'],
  ],
  ['a fact that stays open is listed once', [fact('a', false, 'late'), fact('b', false, 'throttled')], ['a late']],
  ['different answers are all kept', [fact('a', true, 'yes'), fact('b', true, 'no')], ['a yes', 'b no']],
  ['another routing is another fact', [fact('a', true, 'yes'), fact('b', true, 'yes', 'global')], ['a yes', 'b yes']],
])('%s', (_, facts, merged) => {
  expect(mergeSettled(facts).map(({ application, answer }) => `${application} ${answer}`)).toEqual(merged);
});
