import type { MissingStatement } from '../../proof/finding/missing-statement';

/** Says which statement a policy lacks, and for which alias. */
export function missingText({ policy, statement, alias, line }: MissingStatement): string {
  const whose = alias === undefined ? '' : `, for ${alias}${line === undefined ? '' : ` (${line})`}`;
  return `in ${policy} Sid ${statement.Sid}${whose}: ${JSON.stringify(statement)}`;
}
