import { partitionOf } from '../../catalog/region';
import { roleArn } from '../../plan/names/arns';
import { boundaryName, probeBoundaryName, probeRoleName, verificationName } from '../../plan/names/names';
import type { AccessMatrix, MatrixCall } from './access-matrix';
import { sameCall } from './diff-calls';
import type { AccessChange, PrincipalItself } from './diff-change';

interface Folded {
  readonly changes: readonly AccessChange[];
  /** Changes of probe roles that only follow a change of their application. */
  readonly along: readonly AccessChange[];
}

/**
 * Moves changes of probe roles that only follow their application into `along`. These are a call that another principal
 * of the application gains or loses in the same way, and a probe role that is added or removed with them and has the
 * trust and the boundary that this project gives it.
 *
 * All other changes of probe roles stay in `changes`, above all changes of who can assume them. If only probe roles
 * change, every change stays.
 */
export function foldProbes(changes: readonly AccessChange[], matrices: readonly AccessMatrix[]): Folded {
  const probes = new Map(matrices.flatMap(probeRoles));
  const others = changes.filter((c) => !probes.has(c.principal));
  const sharedCall = (change: AccessChange): boolean =>
    change.kind === 'call' &&
    probes.get(change.principal) === (change.before ?? change.after)?.application &&
    others.some((o) => o.kind === 'call' && sameSide(o.before, change.before) && sameSide(o.after, change.after));
  const asMade = (change: AccessChange): boolean =>
    change.kind === 'principal' &&
    probes.has(change.principal) &&
    changes.every((c) => c.principal !== change.principal || c === change || sharedCall(c)) &&
    matrices.some((m) => isAsMade(m, change.principal, change.before ?? change.after));
  const along = new Set(changes.filter((c) => sharedCall(c) || asMade(c)));
  const rows = changes.filter((c) => !along.has(c));
  return rows.length === 0 ? { changes, along: [] } : { changes: rows, along: [...along] };
}

function sameSide(a: MatrixCall | undefined, b: MatrixCall | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameCall(a, b);
}

/** Lists the probe roles that may exist, each with its application. */
function probeRoles({ environment, profiles, principals }: AccessMatrix): readonly (readonly [string, string])[] {
  const calls = principals.flatMap((p) => p.calls);
  return [...new Set([...profiles, ...calls].map((of) => of.application))].flatMap((application) =>
    (['probe', 'probe-policies'] as const).map(
      (kind) => [`role ${probeRoleName(environment, application, kind)}`, application] as const,
    ),
  );
}

/** True when only the verification function can assume a probe role, and the role has the boundary of its kind. */
function isAsMade(
  { environment, account, region }: AccessMatrix,
  principal: string,
  found: PrincipalItself | undefined,
): boolean {
  const place = { environment, account, region, partition: partitionOf(region) };
  const boundary = principal.endsWith('-policies') ? probeBoundaryName(environment) : boundaryName(environment);
  const verification = roleArn(place, verificationName(environment));
  const becomes = `account ${account} where aws:principalarn ArnEquals ${verification}`;
  return found?.complete === true && found.boundary === boundary && found.becomes.join('\n') === becomes;
}
