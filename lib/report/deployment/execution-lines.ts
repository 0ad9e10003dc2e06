import { visible } from '../../config/invisible';
import type { ExecutionPolicyPlan } from '../../plan/deployment/execution-policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { MAX_POLICY_CHARACTERS } from '../../plan/parts/statement';
import type { ExecutionProof, ExecutionViolation } from '../../proof/deployment/execution-proof';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';

/** An execution policy with its proof. */
export interface ExecutionReport {
  readonly plan: AccessPlan;
  readonly policy: ExecutionPolicyPlan;
  /** Number of the document that is printed, from 1. */
  readonly part: number;
  readonly proof: ExecutionProof;
}

/** Describes the proof of an execution policy for people: the verdict in one line, or each violation. */
export function executionLines({ plan, policy, part, proof }: ExecutionReport, colours: Colours): readonly string[] {
  const { violations, coverage } = proof;
  const { resources, types, denials } = coverage;
  const documents = policy.documents.length;
  if (violations.length > 0) {
    return [
      colours.tone('bad', `✗ not proven  ${plan.environment}: no execution policy is printed.`),
      '',
      ...violations.flatMap((violation) => violationLines(violation, colours)),
    ];
  }
  return [
    colours.tone(
      'good',
      `✓ proven  ${plan.environment}: CloudFormation can deploy ${counted(resources, 'resource')} of ${counted(types, 'type')} with ${documents === 1 ? 'it (' : `its ${documents} documents (at most `}${policy.characters} of ${MAX_POLICY_CHARACTERS} characters), and ${denials} calls that it must not make are denied.`,
    ),
    ...(documents === 1
      ? []
      : [
          `  this is document ${part} of ${documents}: print each with --part N, and pass all of them to cdk bootstrap, separated by commas.`,
        ]),
    ...(policy.existing === 'named'
      ? []
      : [
          colours.tone(
            'warning',
            `! the file names too many existing roles and users to list: the policies of ${plan.environment} may be attached to any role or user of the account.`,
          ),
        ]),
  ];
}

function violationLines(
  { kind, message, resources, missing }: ExecutionViolation,
  colours: Colours,
): readonly string[] {
  return [
    colours.tone('bad', `  ✗ ${kind.padEnd(10)} ${visible(message)}`),
    ...(resources.length > 1 ? [`      also       ${visible(resources.slice(1).join(', '))}`] : []),
    ...(missing === undefined ? [] : [`      needed     ${visible(JSON.stringify(missing))}`]),
  ];
}
