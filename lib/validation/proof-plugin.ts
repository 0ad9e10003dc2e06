import { dirname } from 'node:path';
import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolatingResource,
  PolicyViolation,
} from 'aws-cdk-lib';
import type { Account } from '../account/account';
import { TemplateError } from '../account/resource/template-error';
import { readTemplateAccount } from '../account/templates/template-account';
import type { AccessPlan } from '../plan/environment/access-plan';
import { nothingProven } from '../proof/access/nothing-proven';
import { proveAccess } from '../proof/access/prove-access';
import type { Violation } from '../proof/finding/proof';

/**
 * Proves the access of every environment as the last step of `cdk synth`.
 *
 * Synthesis fails when a template grants more or less than the plan intends. Each finding names the construct that
 * created the resource. To accept a finding, acknowledge it at its construct with a reason:
 * `Validations.of(construct).acknowledge({ id: 'bedrock-access::excess', reason: '…' })`.
 */
export class ProofPlugin implements IPolicyValidationPlugin {
  static readonly pluginName = 'bedrock-access';
  readonly name = ProofPlugin.pluginName;
  /** Number of violations in the last run, including acknowledged ones; `undefined` before the first run. */
  violationCount: number | undefined;

  /** @param plans the plans whose stages are part of the app */
  constructor(private readonly plans: readonly AccessPlan[]) {}

  validate({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = this.plans.flatMap((plan) => {
      const stack = stackTemplates.find((s) => s.stackConstructPath.startsWith(`${plan.environment}/`));
      return stack === undefined
        ? [toPolicyViolation(plan, undefined, missingStack(plan))]
        : // The templates of a stage have their own folder in the cloud assembly.
          prove(plan, dirname(dirname(stack.templatePath)));
    });
    this.violationCount = violations.length;
    return { success: violations.length === 0, violations };
  }
}

function prove(plan: AccessPlan, folder: string): readonly PolicyViolation[] {
  try {
    const account = readTemplateAccount(folder, plan.environment);
    return proveAccess(plan, account).violations.map((v) => toPolicyViolation(plan, account, v));
  } catch (error) {
    if (error instanceof TemplateError) {
      return nothingProven(plan, error.message, plan.environment).violations.map((v) =>
        toPolicyViolation(plan, undefined, v),
      );
    }
    throw error;
  }
}

function missingStack({ environment }: AccessPlan): Violation {
  const message = `the app has no stack of ${environment}, so nothing is proven about it`;
  return { kind: 'coverage', message, principals: [], about: environment, classes: 1 };
}

function toPolicyViolation(plan: AccessPlan, account: Account | undefined, violation: Violation): PolicyViolation {
  const { kind, message, about, witness, missing: statement } = violation;
  const origin = account?.origins.get(about);
  const resource: PolicyViolatingResource =
    origin === undefined
      ? { constructPath: plan.environment, locations: [] }
      : { resourceLogicalId: origin.logicalId, templatePath: origin.templateFile, locations: ['Properties'] };
  return {
    ruleName: kind,
    description: message,
    severity: 'error',
    violatingResources: [resource],
    ...(statement !== undefined && {
      fix: `add to ${statement.policy} the statement ${JSON.stringify(statement.statement)}${statement.alias === undefined ? '' : `, for ${statement.alias}`}`,
    }),
    ...(witness !== undefined && { ruleMetadata: { witness: JSON.stringify(witness) } }),
  };
}
