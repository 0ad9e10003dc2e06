import type { Proof } from '../../proof/finding/proof';
import type { AccessMatrix } from '../../proof/matrix/access-matrix';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import { table } from '../format/table';
import type { AccessRow } from './access-table';
import { coverageLines } from './proof-lines';

/** Describes for people which principal can call which model, and whether that is proven. */
export function accessLines(
  matrix: AccessMatrix,
  rows: readonly AccessRow[],
  proof: Proof,
  colours: Colours,
): readonly string[] {
  const { environment, region } = matrix;
  const principals = new Set(rows.map((r) => r.principal.principal)).size;
  const incomplete = new Set(rows.filter((r) => !r.principal.complete).map((r) => r.principal.principal));
  const wrong = proof.violations.length;
  return [
    rows.length === 0
      ? `${environment} (${region}): no principal can call that.`
      : `${environment} (${region}): ${counted(principals, 'principal')}, ${counted(rows.length, 'way')} to a model. Every call goes through the named profile.`,
    '',
    ...(rows.length === 0 ? [] : rowLines(rows)),
    ...[...incomplete].map(
      (p) =>
        `  ${p} exists already: the table shows only what the templates add; its other policies were not examined.`,
    ),
    ...new Set(
      rows.flatMap(({ principal: { principal, further = [] } }) =>
        further.map(
          (arn) => `  ${principal} carries ${arn} besides: it is judged as everything that the boundary allows.`,
        ),
      ),
    ),
    '',
    wrong === 0
      ? colours.tone('good', '✓ proven: no principal can do anything else.')
      : colours.tone(
          'bad',
          `✗ not proven: ${counted(wrong, 'violation')}; npx bedrock-access prove ${environment} shows them.`,
        ),
    ...coverageLines(proof.coverage, proof.violations),
  ];
}

function rowLines(rows: readonly AccessRow[]): readonly string[] {
  return [
    ...table(
      ['principal', 'alias', 'model', 'where', 'through', 'stream', 'guardrail', 'decided by'].map((heading) => ({
        heading,
      })),
      rows.map(({ principal, call }) => [
        principal.principal,
        `${call.application}/${call.alias}`,
        call.model,
        `${call.routing} (${call.regions.join(', ')})`,
        call.through,
        call.actions.includes('bedrock:InvokeModelWithResponseStream') ? 'yes' : 'no',
        call.guardrail ?? '',
        sids(call.decidedBy),
      ]),
    ),
    '',
  ];
}

/** Groups Sids by policy: `dev_chat_access-1 MainProfile, MainModel`. */
function sids(decidedBy: readonly string[]): string {
  const byPolicy = new Map<string, string[]>();
  for (const text of decidedBy) {
    const [policy = '', sid = ''] = text.split(' Sid ');
    byPolicy.set(policy, [...(byPolicy.get(policy) ?? []), sid]);
  }
  return [...byPolicy].map(([policy, own]) => `${policy} ${own.join(', ')}`).join('; ');
}
