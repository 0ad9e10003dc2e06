import type { AccessDiff } from '../../proof/matrix/diff-access';
import type { AccessChange } from '../../proof/matrix/diff-change';
import type { ProfileChange } from '../../proof/matrix/diff-profiles';
import { counted } from '../format/counted';
import { usdChange } from './diff-money-rows';

/** What changes in one environment, in one line without its name. */
export function diffVerdict(diff: AccessDiff): string {
  const { only, moved, changes, profiles } = diff;
  const principals = principalParts(changes);
  return [
    ...(only === undefined ? [] : [only === 'head' ? 'the environment is new' : 'the environment is gone']),
    ...(moved === undefined
      ? []
      : [
          `moves from ${moved.before.account}, ${moved.before.region} to ${moved.after.account}, ${moved.after.region}`,
        ]),
    ...(principals.length === 0 ? ['no principal gains or loses access'] : principals),
    ...profileParts(profiles),
    ...moneyParts(diff),
  ].join(', ');
}

/** Principals that gain or lose calls, those of which something else is broader or narrower, and the others. */
function principalParts(changes: readonly AccessChange[]): readonly string[] {
  const who = (is: (change: AccessChange) => boolean): ReadonlySet<string> =>
    new Set(changes.filter(is).map((c) => c.principal));
  const gains = who((c) => c.kind === 'call' && c.before === undefined);
  const loses = who((c) => c.kind === 'call' && c.after === undefined);
  const stays = (c: AccessChange): boolean =>
    c.kind !== 'principal' && (c.kind !== 'call' || (c.before !== undefined && c.after !== undefined));
  const widens = who((c) => stays(c) && c.width === 'broader');
  const narrows = who((c) => stays(c) && c.width === 'narrower');
  const other = [...who(() => true)].filter((p) => ![gains, loses, widens, narrows].some((set) => set.has(p)));
  const parts: readonly (readonly [number, one: string, many: string])[] = [
    [gains.size, 'gains access', 'gain access'],
    [loses.size, gains.size > 0 ? 'loses' : 'loses access', gains.size > 0 ? 'lose' : 'lose access'],
    [widens.size, 'has more than before', 'have more than before'],
    [narrows.size, 'has less than before', 'have less than before'],
    [other.length, 'changes otherwise', 'change otherwise'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, one, many], i) => `${i === 0 ? counted(count, 'principal') : count} ${count === 1 ? one : many}`);
}

const PROFILE_WORDS: readonly (readonly [ProfileChange['change'], string])[] = [
  ['replaced', 'replaced'],
  ['added', 'added'],
  ['removed', 'removed'],
  ['served', 'served again'],
  ['unserved', 'no longer served'],
];

function profileParts(profiles: readonly ProfileChange[]): readonly string[] {
  return PROFILE_WORDS.flatMap(([change, words]) => {
    const count = profiles.filter((p) => p.change === change).length;
    return count === 0 ? [] : [`${counted(count, 'profile')} ${count === 1 ? 'is' : 'are'} ${words}`];
  });
}

function moneyParts({ budgets, prices }: AccessDiff): readonly string[] {
  const lifted = (budgets?.changes ?? []).filter((b) => b.stays && b.after === undefined).length;
  return [
    ...(budgets === undefined || budgets.changes.length === 0
      ? []
      : [
          budgets.before === budgets.after
            ? 'budgets change and their sum does not'
            : `budgets ${usdChange(budgets.before, budgets.after)} a month`,
        ]),
    ...(lifted === 0 ? [] : [`${counted(lifted, 'application')} ${lifted === 1 ? 'has' : 'have'} no budget any more`]),
    ...(prices.length === 0
      ? []
      : [`${counted(prices.length, 'price')} ${prices.length === 1 ? 'changes' : 'change'}`]),
  ];
}
