import type { Path, Problem } from '../problem';
import { quoted } from '../quoted';

/** Tiers that cost more than `default` (aws.amazon.com/bedrock/service-tiers, read 2026-12-01). */
const DEARER: readonly unknown[] = ['priority', 'reserved'];

/** Checks the list of service tiers at `path`. */
export function checkTiers(path: Path, tiers: unknown): readonly Problem[] {
  if (!Array.isArray(tiers) || tiers.length === 0) {
    return [];
  }
  const dearer = tiers.find((tier) => DEARER.includes(tier));
  return [
    ...(dearer === undefined
      ? []
      : [
          {
            path,
            severity: 'warning' as const,
            message: `'${dearer}' costs more than the prices of the catalog, with which costs, dailyUsd and atLimit: deny estimate; they come too late for calls that name it, so set them lower`,
          },
        ]),
    ...(tiers.includes('default')
      ? []
      : [
          {
            path,
            message:
              "must contain 'default': a request that names no tier gets it, and so do the requests of the verification; add default",
          },
        ]),
    ...tiers.flatMap((tier, i): readonly Problem[] =>
      tiers.indexOf(tier) < i
        ? [{ path: [...path, i], message: `${quoted(String(tier))} is listed twice; remove one entry` }]
        : [],
    ),
  ];
}
