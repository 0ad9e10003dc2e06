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
 * Proves the access of every environment as the last step of `cdk synth`: templates that grant anything but what the plan
 * intends fail the synthesis, each finding at the construct that made it.
 *
 * A finding is accepted at its construct, with a reason:
 * `Validations.of(construct).acknowledge({ id: 'bedrock-access::excess', reason: '…' })`.
 */
export class ProofPlugin implements IPolicyValidationPlugin {
  static readonly pluginName = 'bedrock-access';
  readonly name = ProofPlugin.pluginName;
  /** How many violations the last run found, those included that are accepted. */
  found: number | undefined;

  /** @param plans those whose stages are part of the app */
  constructor(private readonly plans: readonly AccessPlan[]) {}

  validate({ stackTemplates }: IPolicyValidationContext): PolicyValidationPluginReport {
    const violations = this.plans.flatMap((plan) => {
      const stack = stackTemplates.find((s) => s.stackConstructPath.startsWith(`${plan.environment}/`));
      return stack === undefined
        ? [reported(plan, undefined, missing(plan))]
        : // The templates of a stage stand in a folder of their own in the cloud assembly.
          prove(plan, dirname(dirname(stack.templatePath)));
    });
    this.found = violations.length;
    return { success: violations.length === 0, violations };
  }
}

function prove(plan: AccessPlan, folder: string): readonly PolicyViolation[] {
  try {
    const account = readTemplateAccount(folder, plan.environment);
    return proveAccess(plan, account).violations.map((v) => reported(plan, account, v));
  } catch (error) {
    if (error instanceof TemplateError) {
      return nothingProven(plan, error.message, plan.environment).violations.map((v) => reported(plan, undefined, v));
    }
    throw error;
  }
}

function missing({ environment }: AccessPlan): Violation {
  const message = `the app has no stack of ${environment}, so nothing of it is proven`;
  return { kind: 'coverage', message, principals: [], about: environment, classes: 1 };
}

function reported(plan: AccessPlan, account: Account | undefined, violation: Violation): PolicyViolation {
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
      fix: `add to ${statement.policy} the statement ${JSON.stringify(statement.statement)}`,
    }),
    ...(witness !== undefined && { ruleMetadata: { witness: JSON.stringify(witness) } }),
  };
}
