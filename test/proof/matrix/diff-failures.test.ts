import type { AccessMatrix } from '../../../lib/proof/matrix/access-matrix';
import { diffAccess } from '../../../lib/proof/matrix/diff-access';
import { diffFailures, type FailOn } from '../../../lib/proof/matrix/diff-failures';
import { call, matrix, profile, role } from './diff-matrices';

const OPEN: FailOn = { any: false, broader: false, replaced: false };
const cost = (costPercent: number): FailOn => ({ ...OPEN, costPercent });

const nothing = matrix({ profiles: [profile()] });
const calls = matrix({ profiles: [profile()], principals: [role('x', { calls: [call()] })] });
const otherwise = matrix({
  profiles: [profile()],
  principals: [role('x', { calls: [call({ decidedBy: ['other'] })] })],
});
const another = matrix({ profiles: [profile({ name: 'b' })] });
const budget = (chat?: number): AccessMatrix => ({ ...nothing, budgets: chat === undefined ? {} : { chat } });
const costing = (model: string): AccessMatrix => matrix({ profiles: [profile({ model })] });
const [LITE, PRO] = [costing('amazon.nova-lite-v1:0'), costing('amazon.nova-pro-v1:0')];

test.each<[title: string, failOn: FailOn, before: AccessMatrix, after: AccessMatrix, because: readonly string[]]>([
  ['without a condition nothing fails', OPEN, nothing, calls, []],
  [
    'two equal matrices fail on nothing',
    { any: true, broader: true, replaced: true, costPercent: 0 },
    calls,
    calls,
    [],
  ],
  ['any: a loss of access fails', { ...OPEN, any: true }, calls, nothing, ['the two sides differ']],
  ['any: a decision by other statements fails', { ...OPEN, any: true }, calls, otherwise, ['the two sides differ']],
  ['any: a new budget fails', { ...OPEN, any: true }, budget(), budget(5), ['the two sides differ']],
  [
    'broader: a gain of access fails',
    { ...OPEN, broader: true },
    nothing,
    calls,
    ['access gets broader for a principal'],
  ],
  ['broader: a loss of access passes', { ...OPEN, broader: true }, calls, nothing, []],
  [
    'broader: another account fails',
    { ...OPEN, broader: true },
    calls,
    { ...calls, account: '999988887777' },
    ['all access is given in another account or Region'],
  ],
  ['broader: a replaced profile passes', { ...OPEN, broader: true }, nothing, another, []],
  [
    'replaced: a replaced profile fails',
    { ...OPEN, replaced: true },
    nothing,
    another,
    ['a served profile is replaced'],
  ],
  [
    'replaced: an alias that moves to another generation passes',
    { ...OPEN, replaced: true },
    matrix({ profiles: [profile(), profile({ name: 'b', served: false })] }),
    matrix({ profiles: [profile({ served: false }), profile({ name: 'b' })] }),
    [],
  ],
  ['broader: a higher budget fails', { ...OPEN, broader: true }, budget(100), budget(101), ['a control is weaker']],
  ['broader: a removed budget fails', { ...OPEN, broader: true }, budget(100), budget(), ['a control is weaker']],
  [
    'broader: a higher budget passes within the percentage',
    { ...cost(10), broader: true },
    budget(100),
    budget(110),
    [],
  ],
  [
    'broader: a higher budget fails beyond the percentage',
    { ...cost(10), broader: true },
    budget(100),
    budget(111),
    ['a control is weaker', 'the sum of budgets rises by more than 10 %'],
  ],
  ['broader: a lower budget passes', { ...OPEN, broader: true }, budget(100), budget(99), []],
  [
    'cost: a new alias that is dearer than every model before fails',
    cost(10),
    LITE,
    matrix({ profiles: [...LITE.profiles, profile({ alias: 'big', name: 'b', model: 'amazon.nova-pro-v1:0' })] }),
    ['chat/big is new, and more than 10 % dearer than every model of chat before'],
  ],
  [
    'cost: a new alias without a known price fails',
    cost(10),
    LITE,
    matrix({ profiles: [...LITE.profiles, profile({ alias: 'big', name: 'b', model: 'acme.x' })] }),
    ['chat/big is new, and its price is not known'],
  ],
  [
    'cost: a new application without a budget fails',
    cost(10),
    LITE,
    matrix({ profiles: [...LITE.profiles, profile({ application: 'new' })] }),
    ['new is new and has no budget'],
  ],
  ['replaced: a new profile passes', { ...OPEN, replaced: true }, matrix(), nothing, []],
  ['cost: budgets may rise by the percentage', cost(10), budget(100), budget(110), []],
  [
    'cost: budgets that rise by more fail',
    cost(10),
    budget(100),
    budget(110.01),
    ['the sum of budgets rises by more than 10 %'],
  ],
  ['cost: a first budget is a rise', cost(100), budget(), budget(1), ['the sum of budgets rises by more than 100 %']],
  ['cost: a removed budget fails', cost(10), budget(100), budget(), ['chat no longer has a budget']],
  ['cost: the budget of a removed application passes', cost(10), budget(100), matrix(), []],
  ['cost: a cheaper model passes', cost(0), PRO, LITE, []],
  ['cost: a more expensive model fails', cost(10), LITE, PRO, ['the price of chat/main rises by more than 10 %']],
  ['cost: a more expensive model passes if the percentage is high enough', cost(100_000), LITE, PRO, []],
  [
    'cost: a price that becomes unknown fails, because it may have risen',
    cost(10),
    LITE,
    costing('acme.x'),
    ['the price of chat/main is no longer known'],
  ],
  ['cost: a price that was unknown cannot be compared, and passes', cost(10), costing('acme.x'), PRO, []],
])('%s', (_, failOn, before, after, because) => {
  expect(diffFailures(diffAccess({ before, after }), failOn).map((f) => f.because)).toEqual(because);
});

test('a failure names the environment and the option', () => {
  const diff = diffAccess({ before: nothing, after: calls });
  expect(diffFailures(diff, { any: true, broader: true, replaced: true })).toEqual([
    { environment: 'dev', choice: 'any', because: 'the two sides differ' },
    { environment: 'dev', choice: 'broader', because: 'access gets broader for a principal' },
  ]);
});
