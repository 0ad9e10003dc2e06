import { isBroader } from '../../proof/controls/width';
import type { AccessDiff } from '../../proof/matrix/diff-access';
import type { AccessChange } from '../../proof/matrix/diff-change';
import type { ProfileChange } from '../../proof/matrix/diff-profiles';
import { counted } from '../format/counted';
import { usdChange } from './diff-money-rows';

/** Summarizes the changes of one environment in one line, without its name. */
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
    ...controlParts(diff),
    ...profileParts(profiles),
    ...moneyParts(diff),
  ].join(', ');
}

/** Counts the principals that gain or lose calls, those with otherwise broader or narrower access, and all others. */
function principalParts(changes: readonly AccessChange[]): readonly string[] {
  const principalsOf = (matches: (change: AccessChange) => boolean): ReadonlySet<string> =>
    new Set(changes.filter(matches).map((c) => c.principal));
  const gaining = principalsOf((c) => c.kind === 'call' && c.before === undefined);
  const losing = principalsOf((c) => c.kind === 'call' && c.after === undefined);
  const isModified = (c: AccessChange): boolean =>
    c.kind !== 'principal' && (c.kind !== 'call' || (c.before !== undefined && c.after !== undefined));
  const broader = principalsOf((c) => isModified(c) && isBroader(c));
  const narrower = principalsOf((c) => isModified(c) && c.width === 'narrower');
  const told = [gaining, losing, broader, narrower];
  const others = (isInternal: boolean): number =>
    [...principalsOf((c) => (c.does !== undefined) === isInternal)].filter((p) => !told.some((set) => set.has(p)))
      .length;
  const internal = others(true);
  const parts: readonly (readonly [number, one: string, many: string])[] = [
    [gaining.size, 'gains access', 'gain access'],
    [losing.size, gaining.size > 0 ? 'loses' : 'loses access', gaining.size > 0 ? 'lose' : 'lose access'],
    [broader.size, 'has broader access', 'have broader access'],
    [narrower.size, 'has narrower access', 'have narrower access'],
    [others(false), 'changes in another way', 'change in another way'],
  ];
  return [
    ...parts
      .filter(([count]) => count > 0)
      .map(([count, one, many], i) => `${i === 0 ? counted(count, 'principal') : count} ${count === 1 ? one : many}`),
    ...(internal === 0 ? [] : [`${counted(internal, 'internal role')} ${internal === 1 ? 'changes' : 'change'}`]),
  ];
}

function controlParts({ controls = [] }: AccessDiff): readonly string[] {
  const weaker = controls.filter(isBroader).length;
  const stronger = controls.filter((c) => c.width === 'narrower').length;
  const parts: readonly (readonly [number, one: string, many: string])[] = [
    [weaker, 'is weaker', 'are weaker'],
    [stronger, 'is stronger', 'are stronger'],
    [controls.length - weaker - stronger, 'changes in another way', 'change in another way'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, one, many], i) => `${i === 0 ? counted(count, 'control') : count} ${count === 1 ? one : many}`);
}

const PROFILE_WORDS: readonly (readonly [ProfileChange['change'], string])[] = [
  ['replaced', 'replaced'],
  ['added', 'added'],
  ['removed', 'removed'],
  ['served', 'served again'],
  ['unserved', 'no longer served'],
];

function profileParts(profiles: readonly ProfileChange[]): readonly string[] {
  const moved = profiles.filter((p) => p.change === 'moved').length;
  return [
    ...PROFILE_WORDS.flatMap(([change, words]) => {
      const count = profiles.filter((p) => p.change === change).length;
      return count === 0 ? [] : [`${counted(count, 'profile')} ${count === 1 ? 'is' : 'are'} ${words}`];
    }),
    ...(moved === 0 ? [] : [`${moved === 1 ? '1 alias moves' : `${moved} aliases move`} to another profile`]),
  ];
}

function moneyParts({ budgets, prices }: AccessDiff): readonly string[] {
  const removed = (budgets?.changes ?? []).filter((b) => b.stays && b.after === undefined).length;
  return [
    ...(budgets === undefined || budgets.changes.length === 0
      ? []
      : [
          budgets.before === budgets.after
            ? 'budgets change but their sum does not'
            : `budgets ${usdChange(budgets.before, budgets.after)} a month`,
        ]),
    ...(removed === 0
      ? []
      : [`${counted(removed, 'application')} no longer ${removed === 1 ? 'has' : 'have'} a budget`]),
    ...(prices.length === 0
      ? []
      : [`${counted(prices.length, 'price')} ${prices.length === 1 ? 'changes' : 'change'}`]),
  ];
}
