import type { AccessMatrix, MatrixProfile } from './access-matrix';
import { sides } from './diff-change';

/** A profile that is added or removed, or that replaces the one that served an alias. */
export interface ProfileChange {
  /**
   * `replaced` means that another profile serves the alias and the old one is gone, so that the ARN, the metric id and the
   * billing identity change. `moved` means that the alias points to another profile while the old one stays.
   */
  readonly change: 'replaced' | 'moved' | 'added' | 'removed' | 'served' | 'unserved';
  readonly application: string;
  readonly alias: string;
  /** @default - the profile is added */
  readonly before?: MatrixProfile;
  /** @default - the profile is removed */
  readonly after?: MatrixProfile;
}

type Matrix = Pick<AccessMatrix, 'account' | 'region' | 'profiles'>;

/** Lists the profiles that differ, alias by alias. If the account or Region changes, every profile is a new one. */
export function profileChanges(before: Matrix, after: Matrix): readonly ProfileChange[] {
  const moved = before.account !== after.account || before.region !== after.region;
  const aliases = new Map([...before.profiles, ...after.profiles].map((p) => [`${p.application}/${p.alias}`, p]));
  return [...aliases.keys()].sort().flatMap((key) => {
    const { application, alias } = aliases.get(key) as MatrixProfile;
    const of = ({ profiles }: Matrix): readonly MatrixProfile[] =>
      profiles.filter((p) => p.application === application && p.alias === alias);
    return aliasChanges(of(before), of(after), moved).map((change) => ({ application, alias, ...change }));
  });
}

type AliasChange = Omit<ProfileChange, 'application' | 'alias'>;

function aliasChanges(
  before: readonly MatrixProfile[],
  after: readonly MatrixProfile[],
  moved: boolean,
): readonly AliasChange[] {
  const [old, current] = [before.find((p) => p.served), after.find((p) => p.served)];
  const other = old !== undefined && current !== undefined && (moved || !same(old, current));
  const replaced = other && (moved || !after.some((a) => same(a, old)));
  // A replacement is one change, so neither of its two profiles is listed again.
  const isReplacement = (p: MatrixProfile): boolean => replaced && (same(p, old) || same(p, current));
  return [
    ...(other ? [{ change: replaced ? 'replaced' : 'moved', before: old, after: current } as const] : []),
    ...after
      .filter((a) => !isReplacement(a) && !before.some((b) => same(a, b)))
      .map((a): AliasChange => ({ change: 'added', ...sides(undefined, a) })),
    ...before
      .filter((b) => !isReplacement(b) && !after.some((a) => same(a, b)))
      .map((b): AliasChange => ({ change: 'removed', ...sides(b, undefined) })),
    ...before.flatMap((b): readonly AliasChange[] => {
      const a = isReplacement(b) ? undefined : after.find((p) => same(p, b));
      const isTold = other && [old, current].some((p) => same(p, b));
      return a === undefined || a.served === b.served || isTold
        ? []
        : [{ change: a.served ? 'served' : 'unserved', before: b, after: a }];
    }),
  ];
}

function same(a: MatrixProfile, b: MatrixProfile): boolean {
  return a.name === b.name && a.model === b.model && a.routing === b.routing;
}
