import { policyDocument } from '../../plan/parts/statement';
import { document } from '../format/document';
import type { ExecutionReport } from './execution-lines';

/** Builds the document that `plan --execution-policy --json` prints. A policy that is not proven is left out. */
export function executionDocument({ plan, policy, proof }: ExecutionReport, exitCode: number) {
  const proven = proof.violations.length === 0;
  return document('plan', exitCode, {
    environment: plan.environment,
    account: plan.account,
    region: plan.region,
    proven,
    ...(proven && { policies: policy.documents.map((document) => policyDocument(document)) }),
    characters: policy.characters,
    existing: policy.existing,
    violations: proof.violations,
    coverage: proof.coverage,
  });
}
