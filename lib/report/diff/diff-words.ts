import type { MatrixCall, MatrixProfile } from '../../proof/matrix/access-matrix';
import { exchangedActions, exchangedRegions } from '../../proof/matrix/diff-calls';
import type { AccessChange, CallChange, PrincipalItself } from '../../proof/matrix/diff-change';
import type { ProfileChange } from '../../proof/matrix/diff-profiles';
import { counted } from '../format/counted';

/** How a report writes a name of somebody else: as it is, or so that it is no markup. */
export type Name = (text: string) => string;

export type Sign = '+' | '~' | '-';

const ORDER: readonly Sign[] = ['+', '~', '-'];

/** Gained or broader, lost or narrower, and what is neither or both. */
export function signOf({ kind, width, before, after }: AccessChange): Sign {
  if (kind === 'principal') {
    return before === undefined ? '+' : after === undefined ? '-' : '~';
  }
  return width === 'broader' ? '+' : width === 'narrower' ? '-' : '~';
}

/** Gains first, then what changes, then losses; of each what is whole before what is wider or narrower. */
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

/** Application, who, what they may call, where, and through what: the cells of one call. */
export function callCells({ principal, before, after }: CallChange, name: Name): readonly string[] {
  const { application, alias, model } = (after ?? before) as MatrixCall;
  const places = [before, after].flatMap((call) => (call === undefined ? [] : [placesOf(call, name)]));
  return [
    ...[application, principal, model].map(name),
    [...new Set(places)].join(' → '),
    [`alias ${name(alias)}`, ...conditions(before, after, name)].join(', '),
  ];
}

function placesOf({ routing, regions }: MatrixCall, name: Name): string {
  if (routing === 'regional') {
    return regions.map(name).join(', ');
  }
  return `${name(routing)} (${regions.includes('any') ? 'any Region' : counted(regions.length, 'Region')})`;
}

function conditions(before: MatrixCall | undefined, after: MatrixCall | undefined, name: Name): readonly string[] {
  if (before === undefined || after === undefined) {
    const { guardrail, actions } = (after ?? before) as MatrixCall;
    return [
      ...(guardrail === undefined ? [] : [`guardrail ${name(guardrail)}`]),
      ...(actions.length > 1 ? [] : actions.map((a) => `${name(a)} only`)),
    ];
  }
  // Where the routing is another, the places before and after say it all.
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

function guardrailWords(before: string | undefined, after: string | undefined, name: Name): readonly string[] {
  if (before === after) {
    return [];
  }
  return after === undefined
    ? [`guardrail ${name(before ?? '')} no longer required`]
    : [before === undefined ? `guardrail ${name(after)} required` : `guardrail ${name(before)} → ${name(after)}`];
}

/** A sentence for everything about a principal that is not one of its calls. */
export function principalWords(change: Exclude<AccessChange, CallChange>, name: Name): string {
  const { kind, before, after, width } = change;
  const who = name(change.principal);
  switch (kind) {
    case 'principal':
      return after === undefined ? `${who} is gone` : [`${who} is new`, ...itselfWords(after, name)].join('; ');
    case 'trust':
      if (before !== undefined && after !== undefined) {
        return width === 'narrower'
          ? `${who}: only ${name(after)} can become it, before ${name(before)}`
          : `${who}: ${name(after)} can become it, before only ${name(before)}`;
      }
      return `${who}: ${name(after ?? before ?? '')} can ${after === undefined ? 'no longer ' : ''}become it${width === 'same' ? ', which another line says too' : ''}`;
    case 'boundary':
      if (before !== undefined && after !== undefined) {
        return `${who}: the permissions boundary ${name(before)} is replaced by ${name(after)}, which may be wider`;
      }
      return after === undefined
        ? `${who}: no permissions boundary any more, before ${name(before ?? '')}`
        : `${who}: the permissions boundary ${name(after)}, before none`;
    case 'complete':
      return after
        ? `${who}: it stands in the templates now, with all its policies`
        : `${who}: it stands outside the templates now and may be able to do more`;
  }
}

function itselfWords({ becomes, boundary, complete }: PrincipalItself, name: Name): readonly string[] {
  return [
    ...becomes.map((line) => `${name(line)} can become it`),
    ...(boundary === undefined ? [] : [`boundary ${name(boundary)}`]),
    ...(complete ? [] : ['it stands outside the templates and may be able to do more']),
  ];
}

/** Sign and sentence of a profile. */
export function profileWords({ change, application, alias, before, after }: ProfileChange, name: Name): [Sign, string] {
  const of = name(`${application}/${alias}`);
  const [old, current] = [before, after].map((p) => (p === undefined ? '' : profileName(p, name)));
  switch (change) {
    case 'replaced':
      return [
        '~',
        `replaced: ${of} is served by ${current}, before ${old}: another ARN, metric id and billing identity`,
      ];
    case 'added':
      return ['+', `added: ${of}, ${current}`];
    case 'removed':
      return ['-', `removed: ${of}, ${old}`];
    case 'served':
      return ['~', `served: ${of} is served by ${current}, before by none`];
    case 'unserved':
      return ['~', `not served: ${of} is no longer served by ${current}`];
  }
}

function profileName({ name: profile, model, routing }: MatrixProfile, name: Name): string {
  return `${name(profile)} (${name(model)}, ${name(routing)})`;
}

/** The line about changes of probe roles that tell nothing of their own. */
export function alongWords(along: readonly AccessChange[]): string {
  const roles = new Set(along.map((c) => c.principal)).size;
  return `${counted(roles, 'probe role')} ${roles === 1 ? 'changes' : 'change'} along with ${roles === 1 ? 'its application' : 'their applications'}`;
}

export function otherStatementsWords(calls: number): string {
  return `${counted(calls, 'call')} that ${calls === 1 ? 'is' : 'are'} the same ${calls === 1 ? 'is' : 'are'} allowed by other statements`;
}
