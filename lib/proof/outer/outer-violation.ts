import { READINGS } from '../../account/system-profile-reading';
import type { DeniedKind, Violation } from '../finding/proof';
import { principalWords, requestWords, statementWords } from '../finding/sentence';
import type { Denial, DeniedRequest } from './denial';
import { BROKEN, type IntendedRequest } from './intended-requests';
import { remediesOf } from './remedies';
import { resourceTypeOf } from './resource-type-of';

/** Returns the violation that a denial causes: what breaks first, every kind of request that fails, and what helps. */
export function outerViolation(denial: Denial): Violation {
  const { account, layer, by, refusal, unknown } = denial;
  const denied = worstFirst(denial.denied);
  const [{ request, context }] = denied;
  const labels = [...new Set(denied.flatMap((d) => d.principals))];
  const about = by?.policy ?? refusal?.policy ?? denial.policies.at(-1)?.name ?? layer;
  const what = `${principalWords(labels)} ${refusal === undefined ? 'may not' : 'may'} ${words(denial, denied[0])}`;
  const decidedBy = by ?? refusal;
  const sid = decidedBy?.sid;
  const undecided = refusal !== undefined || unknown.length > 0;
  return {
    kind: undecided ? 'undecided' : 'outer',
    message:
      refusal === undefined
        ? `${what}${unknownWords(unknown)}; ${whyWords(denial)}${brokenWords(request.breaks, undecided)}`
        : `whether ${what} cannot be decided: ${statementWords(refusal)}: ${refusal.reason}`,
    principals: labels,
    about,
    witness: {
      action: request.action,
      resource: request.resource,
      context: { ...request.context, ...context },
    },
    ...(decidedBy !== undefined && { decidedBy: { policy: decidedBy.policy, ...(sid !== undefined && { sid }) } }),
    breaks: request.breaks,
    denied: kindsOf(denied),
    remedies: remediesOf(denial),
    classes: denied.reduce((n, d) => n + d.principals.length, 0),
  };

  function words({ plan }: Denial, one: DeniedRequest): string {
    const region = one.request.context['aws:RequestedRegion']?.[0];
    const elsewhere =
      region === undefined || region === plan.region ? '' : `, which goes to aws:RequestedRegion '${region}'`;
    return `${requestWords(account, one.request, [])}${elsewhere}`;
  }
}

/**
 * Returns a sentence about a denial that only concerns the system profile, because AWS does not document whether Bedrock
 * checks it. Returns `undefined` if something else is denied too.
 */
export function onlyInReadings({ denied, by, layer, refusal }: Denial): string | undefined {
  const readings = new Set(denied.map(({ request }) => request.reading));
  if (readings.has(undefined) || refusal !== undefined) {
    return undefined;
  }
  const profiles = [...new Set(denied.map(({ request }) => request.resource.split('/').at(-1)))].join(', ');
  const why = by === undefined ? `no ${layerWords(layer)} allows it` : `${statementWords(by)} denies it`;
  const [denying, passing] = [true, false].map((fails) =>
    READINGS.filter((reading) => reading !== 'every' && readings.has(reading as IntendedRequest['reading']) === fails),
  );
  return `calls whose system profile (${profiles}) Bedrock also checks: ${why}. AWS does not document this check: under the reading ${denying?.join(' and ')} the calls fail, under ${passing?.join(' and ')} every call through an application profile passes; \`verify\` settles it (system-profile-grant)`;
}

/** Sorts denied requests by what breaks, and keeps the order of the requests of a call. */
function worstFirst(denied: Denial['denied']): Denial['denied'] {
  return [...denied].sort(
    (a, b) =>
      BROKEN.indexOf(a.request.breaks) - BROKEN.indexOf(b.request.breaks) ||
      Number(a.request.reading !== undefined) - Number(b.request.reading !== undefined),
  ) as unknown as Denial['denied'];
}

/** Lists every kind of denied request once. */
function kindsOf(denied: Denial['denied']): readonly DeniedKind[] {
  const kinds = new Map<string, { kind: DeniedKind; regions: Set<string> }>();
  for (const { request } of denied) {
    const { action, resource, breaks, reading } = request;
    const on = resourceTypeOf(resource);
    const key = JSON.stringify([breaks, action, on, reading]);
    const before = kinds.get(key);
    const regions = before?.regions ?? new Set<string>();
    for (const region of request.context['aws:RequestedRegion'] ?? []) {
      regions.add(region);
    }
    const requests = (before?.kind.requests ?? 0) + 1;
    const kind = { breaks, action, on, ...(reading !== undefined && { reading }), regions: [], requests };
    kinds.set(key, { kind, regions });
  }
  return [...kinds.values()].map(({ kind, regions }) => ({ ...kind, regions: [...regions].sort() }));
}

function whyWords({ by, layer }: Denial): string {
  return by === undefined ? `no ${layerWords(layer)} allows it` : `denied by ${statementWords(by)}`;
}

function layerWords(layer: Denial['layer']): string {
  return layer === 'serviceControl' ? 'service control policy of one level' : `${layer} policy`;
}

function unknownWords(unknown: readonly string[]): string {
  return unknown.length === 0 ? '' : ` unless ${unknown.join(' or ')} has a certain value, which is not known here`;
}

function brokenWords(breaks: DeniedKind['breaks'], undecided: boolean): string {
  const [fail, pass] = undecided ? ['may fail', 'pass'] : ['fail', 'pass'];
  switch (breaks) {
    case 'calls':
      return `; calls of models ${fail}`;
    case 'look-ups':
      return `; calls of models ${pass}, look-ups ${fail}`;
    case 'own work':
      return `; calls of models ${pass}, the work of this project's own functions ${undecided ? 'may fail' : 'fails'}`;
    default:
      return breaks satisfies never;
  }
}
