import { visible } from '../../config/invisible';
import { counted } from '../format/counted';
import { table } from '../format/table';
import { trustResults } from './trust-results';
import type { Verification } from './verification';

const MARKS = { 'as intended': '✓', found: '✗', unfinished: '!' } as const;

/** Says which roles were assumed as their callers and as near misses, and which could not be tried. */
export function trustLines(verification: Pick<Verification, 'plan' | 'trials'>): readonly string[] {
  const results = trustResults(verification);
  const tried = results.flatMap(({ outcome, ...r }) => (outcome === 'skipped' ? [] : [{ ...r, outcome }]));
  const reasons = [...new Set(results.flatMap(({ reason }) => reason ?? []))];
  return [
    ...(tried.length === 0
      ? []
      : [
          'Each role was assumed as its caller would assume it, and as near misses, which must be denied:',
          ...table(
            [
              { heading: 'role' },
              { heading: 'caller' },
              { heading: 'admitted', numbers: true },
              { heading: 'near misses', numbers: true },
              { heading: 'outcome' },
            ],
            tried.map(({ role, kind, allowed, denied, outcome }) => [
              ...[role, kind, String(allowed), String(denied)],
              `${MARKS[outcome]} ${outcome}`,
            ]),
          ),
          '',
        ]),
    ...reasons.map((reason) => {
      const roles = results.filter((r) => r.reason === reason).map(({ role }) => role);
      return `SKIPPED trust of ${counted(roles.length, 'role')} (${visible(roles.join(', '))}): ${reason}`;
    }),
    ...(reasons.length === 0 ? [] : ['']),
  ];
}
