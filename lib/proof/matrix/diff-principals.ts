import type { Width } from '../controls/width';
import type { MatrixPrincipal } from './access-matrix';
import { callChanges } from './diff-calls';
import { type AccessChange, sides } from './diff-change';
import { trustChanges } from './diff-trust';

/** Lists all differences between the principals of two matrices, principal by principal. */
export function principalChanges(
  before: readonly MatrixPrincipal[],
  after: readonly MatrixPrincipal[],
): readonly AccessChange[] {
  const [old, current] = [byName(before), byName(after)];
  return [...new Set([...old.keys(), ...current.keys()])]
    .sort()
    .flatMap((name) => changesOf(name, old.get(name), current.get(name)));
}

const byName = (principals: readonly MatrixPrincipal[]): ReadonlyMap<string, MatrixPrincipal> =>
  new Map(principals.map((p) => [p.principal, p]));

function changesOf(
  principal: string,
  before: MatrixPrincipal | undefined,
  after: MatrixPrincipal | undefined,
): readonly AccessChange[] {
  const calls = callChanges(principal, before?.calls ?? [], after?.calls ?? []);
  if (before === undefined || after === undefined) {
    const width: Width = calls.length === 0 ? 'same' : before === undefined ? 'broader' : 'narrower';
    return [{ kind: 'principal', principal, width, ...sides(itself(before), itself(after)) }, ...calls];
  }
  const boundary = before.boundary === after.boundary ? [] : boundaryChange(principal, before.boundary, after.boundary);
  // Policies outside the templates may give an existing principal more access than the matrix shows.
  const complete: readonly AccessChange[] =
    before.complete === after.complete
      ? []
      : [
          {
            kind: 'complete',
            principal,
            width: after.complete ? 'narrower' : 'broader',
            before: before.complete,
            after: after.complete,
          },
        ];
  return [
    ...calls,
    ...trustChanges(principal, before.becomes, after.becomes),
    ...boundary,
    ...furtherChanges(principal, before.further, after.further),
    ...complete,
  ];
}

function itself(principal: MatrixPrincipal | undefined) {
  if (principal === undefined) {
    return undefined;
  }
  const { principal: _, calls: __, ...rest } = principal;
  return rest;
}

/**
 * Returns the change of a boundary. The matrix holds only names, so it does not show which of two boundaries is wider.
 */
function boundaryChange(
  principal: string,
  before: string | undefined,
  after: string | undefined,
): readonly AccessChange[] {
  const width: Width = after === undefined ? 'broader' : before === undefined ? 'narrower' : 'both';
  return [{ kind: 'boundary', principal, width, ...sides(before, after) }];
}

/** Lists the further policies that only one side has. What each allows is limited by the boundary alone. */
function furtherChanges(
  principal: string,
  before: readonly string[] = [],
  after: readonly string[] = [],
): readonly AccessChange[] {
  return [
    ...before
      .filter((arn) => !after.includes(arn))
      .map((arn) => ({ kind: 'further' as const, principal, width: 'narrower' as const, before: arn })),
    ...after
      .filter((arn) => !before.includes(arn))
      .map((arn) => ({ kind: 'further' as const, principal, width: 'broader' as const, after: arn })),
  ];
}
