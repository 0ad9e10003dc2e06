import { Annotations, Fn, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { CfnApplicationInferenceProfile } from 'aws-cdk-lib/aws-bedrock';
import { CfnPodIdentityAssociation } from 'aws-cdk-lib/aws-eks';
import { CfnInstanceProfile, type CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnParameter as CfnSsmParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { unseenActivation } from '../config/checks/check-tag-activation';
import { principalName } from '../config/principals/principal-schema';
import { alarm } from '../constructs/alarm';
import { applicationLog } from '../constructs/application-log';
import { budget } from '../constructs/budget';
import { budgetAction, Denial } from '../constructs/denial';
import { Gate } from '../constructs/gate/gate';
import { inferenceProfile } from '../constructs/inference-profile';
import { managedPolicy } from '../constructs/managed-policy';
import { savedQuery } from '../constructs/saved-query';
import type { ApplicationPlan } from '../plan/application/application-plan';
import { writesLogs } from '../plan/application/log-plan';
import type { AccessPlan } from '../plan/environment/access-plan';
import { dollarsQuery } from '../plan/environment/dollars-query';
import { podAssociation } from '../plan/parts/pod-association';
import { resolveProfiles } from '../plan/parts/profile-reference';
import type { RolePlan, RolePrincipal } from '../plan/parts/role-plan';
import { policyDocument } from '../plan/parts/statement';
import type { FoundationStack } from './foundation-stack';

export interface ApplicationStackProps extends StackProps {
  readonly plan: AccessPlan;
  readonly application: ApplicationPlan;
  readonly foundation: FoundationStack;
}

/**
 * All resources of one application: its profiles, the roles and policies that may call them, the aliases that it reads,
 * its alarms, and last the gate, which tries its access.
 */
export class ApplicationStack extends Stack {
  constructor(scope: Construct, id: string, { plan, application, foundation, ...props }: ApplicationStackProps) {
    super(scope, id, props);
    if (application.limit !== undefined && plan.costAllocationTags === undefined && plan.tagsActive !== true) {
      // The CDK CLI prints it at every synthesis and deployment of this stack.
      const message = unseenActivation([application.name], plan.environment);
      Annotations.of(this).addWarningV2('bedrock-access:unseen-activation', message);
    }

    // Constructs with names from the file have parents of their own. A logical id drops the hyphens of names, so only
    // the digest of a longer path distinguishes 'a-b' from 'ab'.
    const profiles = new Construct(this, 'Profiles');
    const roleScope = new Construct(this, 'Roles');
    const aliases = new Construct(this, 'Aliases');

    const profilesByName = new Map(application.generations.map((g) => [g.profileName, inferenceProfile(profiles, g)]));
    const profile = (name: string): CfnApplicationInferenceProfile => profilesByName.get(name) ?? unknownProfile(name);
    const profileId = (name: string): string => profile(name).attrInferenceProfileId;
    const withArns = <T>(value: T): T => resolveProfiles(value, (name) => profile(name).attrInferenceProfileArn);

    const conditions =
      application.conditions &&
      managedPolicy(this, 'Conditions', {
        environment: plan.environment,
        policyName: application.conditions.name,
        statements: application.conditions.statements,
      });
    const roles = application.roles.map((role) => applicationRole(roleScope, role, conditions));
    application.roles.forEach((planned, i) => {
      carryRole(this, planned, roles[i]);
    });
    const policies = application.policies.map(({ name, statements }, i) =>
      managedPolicy(this, `Access${i + 1}`, {
        environment: plan.environment,
        policyName: name,
        statements: withArns(statements),
        roles,
        existingRoles: application.existingRoles,
        existingUsers: application.existingUsers,
      }),
    );
    if (application.log !== undefined) {
      applicationLog(
        this,
        plan.environment,
        application.log,
        roles.filter((_, i) => writesAt(application, i)),
      );
    }
    new CfnSsmParameter(this, 'ProfileIds', {
      name: application.profileIds.name,
      type: 'String',
      value: Fn.join(
        ',',
        application.generations.map((g) => profileId(g.profileName)),
      ),
    });
    const served: Record<string, string> = {};
    for (const { name, value, details } of application.parameters) {
      const alias = name.slice(name.lastIndexOf('/') + 1);
      const profileArn = withArns(value);
      served[alias] = profileArn;
      const parameters = [
        new CfnSsmParameter(aliases, alias, { name, type: 'String', value: profileArn }),
        new CfnSsmParameter(aliases, `${alias}.json`, {
          name: `${name}.json`,
          type: 'String',
          value: this.toJsonString(withArns(details)),
        }),
      ];
      // An alias points to a new profile only after the policies grant that profile.
      for (const policy of policies) {
        parameters.forEach((parameter) => {
          parameter.addResourceDependency(policy);
        });
      }
    }
    const denial =
      application.limit &&
      new Denial(this, 'Limit', {
        environment: plan.environment,
        application: application.name,
        limit: withArns(application.limit),
        roles,
        accessPolicies: policies,
      });
    const { logGroupName, dollars } = plan.logging ?? {};
    const query = dollars?.[application.name];
    if (logGroupName !== undefined && query !== undefined) {
      savedQuery(this, { name: query.name, text: dollarsQuery(withArns(query.profiles)) }, logGroupName);
    }
    if (application.budget !== undefined && !plan.billing.ofApplications) {
      const applicationBudget = budget(this, 'Budget', application.budget);
      if (application.limit !== undefined && denial !== undefined) {
        const action = budgetAction(this, 'BudgetAction', application.limit, application.budget.name);
        for (const before of [applicationBudget, denial.detachment]) {
          action.addResourceDependency(before);
        }
      }
    }
    const alarms = new Construct(this, 'Alarms');
    for (const planned of application.alarms) {
      const resource = alarm(alarms, planned.name, planned, profileId);
      if (denial !== undefined && planned.actions.includes(application.limit?.functionArn ?? '')) {
        resource.addResourceDependency(denial.detachment);
      }
    }
    for (const [key, value] of Object.entries(application.tags)) {
      Tags.of(this).add(key, value);
    }
    new Gate(this, 'Gate', {
      application: application.name,
      aliases: served,
      functionArn: plan.functions[0].functionArn,
      onFailure: plan.gate,
      describeOutside: () => foundation.judging,
    });
  }
}

/** Gives the role to those who use it by another resource: instances and pods. */
function carryRole(stack: Stack, planned: RolePlan, role: CfnRole | undefined): void {
  const { name, path, instanceProfileName } = planned;
  const association = podAssociation(planned);
  if (role !== undefined && instanceProfileName !== undefined) {
    new CfnInstanceProfile(stack, `InstanceProfile-${name}`, { instanceProfileName, path, roles: [role.ref] });
  }
  if (role !== undefined && association !== undefined) {
    new CfnPodIdentityAssociation(stack, `Pods-${name}`, { ...association, roleArn: role.attrArn });
  }
}

function applicationRole(
  scope: Construct,
  { name, path, boundaryArn, furtherPolicyArns, trust, principal }: RolePlan,
  conditions: CfnManagedPolicy | undefined,
): CfnRole {
  return new CfnRole(scope, name, {
    roleName: name,
    path,
    description: `bedrock-access: ${purpose(principal)}`,
    assumeRolePolicyDocument: policyDocument(trust),
    permissionsBoundary: boundaryArn,
    // The role lists the conditions too, so that it never has the further policies without them.
    ...(furtherPolicyArns !== undefined &&
      conditions !== undefined && { managedPolicyArns: [conditions.ref, ...furtherPolicyArns] }),
  });
}

/** Returns the purpose of the role, for its description. */
function purpose(principal: RolePrincipal): string {
  return principal.kind === 'probe' ? PROBES[principal.tries] : principalName(principal);
}

const PROBES = {
  access: 'verification of what the application may do',
  policies: 'verification of what the policies alone allow',
} as const;

function writesAt({ roles }: ApplicationPlan, i: number): boolean {
  const role = roles[i];
  return role !== undefined && writesLogs(role);
}

function unknownProfile(name: string): never {
  throw new Error(`the plan grants the profile '${name}' but does not define it`);
}
