import { type CfnResource, RemovalPolicy, Stack, type StackProps, Tags, Validations } from 'aws-cdk-lib';
import { CfnOIDCProvider } from 'aws-cdk-lib/aws-iam';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { PLAN_DIGEST } from '../catalog/plan-digest-type';
import { AccountSettings } from '../constructs/account-settings';
import { alarmPermission } from '../constructs/alarm-permission';
import { AlertTopics } from '../constructs/alert-topics';
import { describeElement } from '../constructs/describe-element';
import { EncryptionKey } from '../constructs/encryption-key';
import { inferenceProfile } from '../constructs/inference-profile';
import { InvocationLog } from '../constructs/invocation-log';
import { managedPolicy } from '../constructs/managed-policy';
import { ServiceFunction } from '../constructs/service-function';
import { VerificationFunction } from '../constructs/verification-function';
import { dailyAlarmArns } from '../plan/application/limit-plan';
import type { AccessPlan } from '../plan/environment/access-plan';
import { planDigest } from '../plan/environment/plan-digest';
import type { FunctionPlan } from '../plan/parts/function-plan';
import { resolveProfiles } from '../plan/parts/profile-reference';

export interface FoundationStackProps extends StackProps {
  readonly plan: AccessPlan;
}

/** Resources that the applications share, such as the boundary, the decoy profile and the verification function. */
export class FoundationStack extends Stack {
  private readonly judgingResources: readonly CfnResource[];
  private described: readonly string[] | undefined;

  constructor(scope: Construct, id: string, { plan, ...props }: FoundationStackProps) {
    super(scope, id, props);
    const { environment, boundary, probeBoundary, decoy } = plan;
    const [verifying, ...others] = plan.functions;
    this.node.addMetadata(PLAN_DIGEST, planDigest(plan));

    const boundaries = [
      managedPolicy(this, 'Boundary', { environment, policyName: boundary.name, statements: boundary.statements }),
      managedPolicy(this, 'ProbeBoundary', {
        environment,
        policyName: probeBoundary.name,
        statements: probeBoundary.statements,
      }),
    ] as const;
    Validations.of(boundaries[0]).acknowledge({
      id: 'CloudFormation-Validate::W2512',
      reason: 'a boundary grants nothing; NotAction leaves out changes of IAM (docs/decisions/boundary.md)',
    });
    const decoyProfile = inferenceProfile(this, decoy);
    const verification = new VerificationFunction(this, 'Verification', {
      environment,
      verification: resolveProfiles<FunctionPlan>(verifying, () => decoyProfile.attrInferenceProfileArn),
    });
    this.judgingResources = [...boundaries, ...verification.judging];
    const { name, retentionSeconds } = plan.deadLetters;
    const deadLetters = new CfnQueue(this, 'DeadLetters', {
      queueName: name,
      messageRetentionPeriod: retentionSeconds,
      sqsManagedSseEnabled: true,
    });
    verification.node.addDependency(deadLetters);
    const functions = new Construct(this, 'Functions');
    functions.node.addDependency(deadLetters);
    const lambdas = new Map(
      others.map((service) => [
        service.source,
        new ServiceFunction(functions, service.source, { environment, plan: service }).lambda,
      ]),
    );
    const lambda = lambdas.get('account-settings');
    if (lambda !== undefined) {
      this.accountSettings(plan, lambda);
    }
    const limit = lambdas.get('limit');
    // The function exists even without a limit in the file, to detach denials of removed applications. Only
    // applications in the file have alarms that deny.
    if (limit !== undefined && plan.applications.some((a) => a.limit !== undefined)) {
      alarmPermission(this, 'DailyAlarms', { lambda: limit, account: plan.account, alarmArns: dailyAlarmArns(plan) });
    }
    const { alias } = new EncryptionKey(this, 'AlertKey', plan.topics.key);
    const topics = new AlertTopics(this, 'Topics', {
      keyAlias: plan.topics.key.alias,
      topics: plan.topics.stacks['Foundation'] ?? [],
    });
    topics.node.addDependency(alias);
    if (plan.createGithubProvider) {
      // The provider is retained when the stack is deleted, because other roles of the account may use it by then.
      new CfnOIDCProvider(this, 'GitHub', {
        url: 'https://token.actions.githubusercontent.com',
        clientIdList: ['sts.amazonaws.com'],
      }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
    for (const [key, value] of Object.entries(plan.tags)) {
      Tags.of(this).add(key, value);
    }
  }

  /** Adds the account settings and, if calls are logged, the invocation log. */
  private accountSettings(
    { environment, logging, costAllocationTags: tagKeys }: AccessPlan,
    lambda: CfnResource,
  ): void {
    const log = logging && {
      plan: logging,
      after: new InvocationLog(this, 'InvocationLog', { environment, logging }).destination,
    };
    new AccountSettings(this, 'AccountSettings', {
      lambda,
      ...(log !== undefined && { logging: log }),
      ...(tagKeys !== undefined && { tagKeys }),
    });
  }

  /**
   * Descriptions, without tags, of the resources in this stack that decide the access of every application: the
   * boundaries and the verification function. They are made once, when the first application's template is synthesized.
   */
  get judging(): readonly string[] {
    this.described ??= this.judgingResources.map((r) => describeElement(r, ['Metadata', 'Tags']));
    return this.described;
  }
}
