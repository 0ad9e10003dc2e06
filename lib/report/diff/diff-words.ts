import { isBroader, type Width } from '../../proof/controls/width';
import type { MatrixCall, MatrixProfile } from '../../proof/matrix/access-matrix';
import { exchangedActions, exchangedRegions } from '../../proof/matrix/diff-calls';
import type { AccessChange, CallChange, PrincipalItself } from '../../proof/matrix/diff-change';
import type { ProfileChange } from '../../proof/matrix/diff-profiles';
import { counted } from '../format/counted';

/** Writes a foreign name in a report, either unchanged or escaped so that it is no markup. */
export type WriteName = (text: string) => string;

export type Sign = '+' | '~' | '-';

const ORDER: readonly Sign[] = ['+', '~', '-'];

/** Returns `+` for gained or broader access, `-` for lost or narrower access, and `~` for any other change. */
export function signOf(change: AccessChange): Sign {
  const { kind, before, after } = change;
  return kind !== 'principal' ? signOfWidth(change) : before === undefined ? '+' : after === undefined ? '-' : '~';
}

export function signOfWidth({ width }: { readonly width: Width }): Sign {
  return isBroader({ width }) ? '+' : width === 'narrower' ? '-' : '~';
}

/**
 * Sorts changes: gains, then other changes, then losses. Within each group, access that is wholly gained or lost precedes
 * access that only becomes wider or narrower.
 */
export function gainsFirst<Change extends AccessChange>(changes: readonly Change[]): readonly Change[] {
  const order = (change: Change): string => {
    const { kind, principal, before, after } = change;
    const { application = '', alias = '' } = kind === 'call' ? ((after ?? before) as MatrixCall) : {};
    const whole = before === undefined || after === undefined ? 0 : 1;
    return [ORDER.indexOf(signOf(change)), whole, application, alias, principal].join('\u0000');
  };
  return changes
    .map((change) => ({ change, key: order(change) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ change }) => change);
}

export function wordOf({ width, before, after }: CallChange): string {
  if (before === undefined || after === undefined) {
    return before === undefined ? 'gains' : 'loses';
  }
  return width === 'broader' || width === 'narrower' ? (width === 'broader' ? 'wider' : 'narrower') : 'changes';
}

/** Returns the cells of one call: application, principal, model, Regions, and the alias with its conditions. */
export function callCells({ principal, before, after }: CallChange, name: WriteName): readonly string[] {
  const { application, alias, model } = (after ?? before) as MatrixCall;
  const places = [before, after].flatMap((call) => (call === undefined ? [] : [placesOf(call, name)]));
  return [
    ...[application, principal, model].map(name),
    [...new Set(places)].join(' → '),
    [`alias ${name(alias)}`, ...conditions(before, after, name)].join(', '),
  ];
}

function placesOf({ routing, regions }: MatrixCall, name: WriteName): string {
  if (routing === 'regional') {
    return regions.map(name).join(', ');
  }
  return `${name(routing)} (${regions.includes('any') ? 'any Region' : counted(regions.length, 'Region')})`;
}

function conditions(before: MatrixCall | undefined, after: MatrixCall | undefined, name: WriteName): readonly string[] {
  if (before === undefined || after === undefined) {
    const { guardrail, actions } = (after ?? before) as MatrixCall;
    return [
      ...(guardrail === undefined ? [] : [`guardrail ${name(guardrail)}`]),
      ...(actions.length > 1 ? [] : actions.map((a) => `${name(a)} only`)),
    ];
  }
  // If the routing changes, the cell of Regions already shows both sides.
  const regions = before.routing === after.routing ? exchangedRegions(before, after) : { gained: [], lost: [] };
  const actions = exchangedActions(before, after);
  return [
    ...guardrailWords(before.guardrail, after.guardrail, name),
    ...regions.gained.map((r) => `also in ${r === 'any' ? 'any Region' : name(r)}`),
    ...regions.lost.map((r) => `no longer in ${r === 'any' ? 'any Region' : name(r)}`),
    ...actions.gained.map((a) => `also ${name(a)}`),
    ...actions.lost.map((a) => `no longer ${name(a)}`),
    ...(before.through === after.through ? [] : ['another profile']),
  ];
}

function guardrailWords(before: string | undefined, after: string | undefined, name: WriteName): readonly string[] {
  if (before === after) {
    return [];
  }
  return after === undefined
    ? [`guardrail ${name(before ?? '')} no longer required`]
    : [before === undefined ? `guardrail ${name(after)} required` : `guardrail ${name(before)} → ${name(after)}`];
}

/** Describes a change of a principal other than a change of its calls. */
export function principalWords(change: Exclude<AccessChange, CallChange>, name: WriteName): string {
  const { kind, before, after, width } = change;
  const principal = `${name(change.principal)}${change.does === undefined ? '' : ` (${change.does})`}`;
  switch (kind) {
    case 'principal':
      return after === undefined
        ? `${principal} is gone`
        : [`${principal} is new`, ...itselfWords(after, name)].join('; ');
    case 'trust':
      if (before !== undefined && after !== undefined) {
        return width === 'narrower'
          ? `${principal}: its trust policy now lists only ${name(after)} instead of ${name(before)}`
          : `${principal}: its trust policy now lists ${name(after)} instead of only ${name(before)}`;
      }
      return after === undefined
        ? `${principal}: its trust policy no longer lists ${name(before ?? '')}${width === 'same' ? ', which another entry still allows' : ''}`
        : `${principal}: its trust policy now lists ${name(after)}${width === 'same' ? ', which another entry already allows' : ''}`;
    case 'boundary':
      if (before !== undefined && after !== undefined) {
        return `${principal}: the permissions boundary ${name(before)} is replaced by ${name(after)}, which may be broader`;
      }
      return after === undefined
        ? `${principal}: the permissions boundary ${name(before ?? '')} is removed`
        : `${principal}: the permissions boundary ${name(after)} is added`;
    case 'further':
      return after === undefined
        ? `${principal}: it no longer carries ${name(before ?? '')}`
        : `${principal}: it now carries ${name(after)}, which may allow everything that its boundary allows`;
    case 'complete':
      return after
        ? `${principal}: it is now defined in the templates, with all its policies`
        : `${principal}: it is now defined outside the templates and may be able to do more`;
  }
}

function itselfWords(
  { becomes, boundary, further = [], complete }: PrincipalItself,
  name: WriteName,
): readonly string[] {
  return [
    ...becomes.map((line) => `its trust policy lists ${name(line)}`),
    ...(boundary === undefined ? [] : [`boundary ${name(boundary)}`]),
    ...further.map((arn) => `carries ${name(arn)} besides`),
    ...(complete ? [] : ['it is defined outside the templates and may be able to do more']),
  ];
}

/** Returns the sign and the sentence for a change of a profile. */
export function profileWords(
  { change, application, alias, before, after }: ProfileChange,
  name: WriteName,
): [Sign, string] {
  const servedAlias = name(`${application}/${alias}`);
  const [old, current] = [before, after].map((p) => (p === undefined ? '' : profileName(p, name)));
  switch (change) {
    case 'replaced':
      return [
        '~',
        `replaced: ${servedAlias} is served by ${current} instead of ${old}: its ARN, metric id and billing identity change`,
      ];
    case 'moved':
      return ['~', `moved: ${servedAlias} is served by ${current} instead of ${old}, whose ARN stays`];
    case 'added':
      return ['+', `added: ${servedAlias}, ${current}`];
    case 'removed':
      return ['-', `removed: ${servedAlias}, ${old}`];
    case 'served':
      return ['~', `served: ${servedAlias} is served by ${current}; before, no profile served it`];
    case 'unserved':
      return ['~', `not served: ${servedAlias} is no longer served by ${current}`];
  }
}

function profileName({ name: profile, model, routing }: MatrixProfile, name: WriteName): string {
  return `${name(profile)} (${name(model)}, ${name(routing)})`;
}

/** Counts the probe roles that only follow a change of their application. */
export function probeRoleWords(along: readonly AccessChange[]): string {
  const roles = new Set(along.map((c) => c.principal)).size;
  return `${counted(roles, 'probe role')} ${roles === 1 ? 'changes' : 'change'} along with ${roles === 1 ? 'its application' : 'their applications'}`;
}

export function otherStatementsWords(calls: number): string {
  return `${counted(calls, 'unchanged call')} ${calls === 1 ? 'is' : 'are'} now allowed by other statements`;
}
