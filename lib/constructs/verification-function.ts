import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { iamPath } from '../plan/physical-name';
import { policyDocument } from '../plan/statement';
import { VERIFICATION_TRUST, type VerificationPlan, verificationBoundaryName } from '../plan/verification-plan';
import { bundleVerification } from './bundle-verification';
import { managedPolicy } from './managed-policy';

export interface VerificationFunctionProps {
  readonly environment: string;
  readonly verification: VerificationPlan;
}

/** The function that calls every profile as the applications' probe roles, with its role, boundary and log. */
export class VerificationFunction extends Construct {
  /** What decides about what it finds: its code and settings, and its rights. */
  readonly judging: readonly CfnResource[];

  constructor(scope: Construct, id: string, { environment, verification }: VerificationFunctionProps) {
    super(scope, id);
    const { functionName, logGroupName, roleName, policyName, statements, variables } = verification;

    const log = new CfnLogGroup(this, 'Log', { logGroupName, retentionInDays: 90 });

    const boundary = managedPolicy(this, 'Boundary', {
      environment,
      policyName: verificationBoundaryName(environment),
      statements,
    });
    const role = new CfnRole(this, 'Role', {
      roleName,
      path: iamPath(environment),
      permissionsBoundary: boundary.ref,
      assumeRolePolicyDocument: policyDocument([VERIFICATION_TRUST]),
    });
    const access = managedPolicy(this, 'Access', { environment, policyName, statements, roles: [role] });

    const code = bundledCode(this);
    const lambda = new CfnFunction(this, 'Function', {
      functionName,
      description: 'Calls every application inference profile as its application would, and what must be denied',
      role: role.attrArn,
      runtime: Runtime.NODEJS_24_X.name,
      architectures: ['arm64'],
      handler: 'index.handler',
      code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
      memorySize: 512,
      timeout: 900,
      environment: { variables: { ...variables } },
    });
    lambda.addResourceDependency(log);
    lambda.addResourceDependency(access);
    code.addResourceMetadata(lambda, 'Code');
    this.judging = [boundary, role, access, lambda];

    // CloudFormation calls the function asynchronously, and takes one answer: a second run would come too late.
    new CfnEventInvokeConfig(this, 'Invocations', {
      functionName: lambda.ref,
      qualifier: '$LATEST',
      maximumRetryAttempts: 0,
      maximumEventAgeInSeconds: 900,
    });
  }
}

/** The bundle as an asset. The asset keeps a copy of its own, so the folder it is made in can go at once. */
function bundledCode(scope: Construct): Asset {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-'));
  try {
    bundleVerification(folder);
    return new Asset(scope, 'Code', { path: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
