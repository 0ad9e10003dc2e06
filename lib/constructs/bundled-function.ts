import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CfnResource } from 'aws-cdk-lib';
import type { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventInvokeConfig, CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import type { Construct } from 'constructs';
import type { FunctionSource } from '../plan/parts/function-plan';
import { bundleFunction } from './bundle-function';

export interface BundledFunctionProps {
  readonly source: FunctionSource;
  readonly functionName: string;
  readonly description: string;
  readonly logGroupName: string;
  readonly memoryMegabytes: number;
  readonly timeoutSeconds: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly role: CfnRole;
  /**
   * Resources that must exist before the function is called, such as a policy that is attached to its role.
   *
   * @default - only the role
   */
  readonly after?: readonly CfnResource[];
  /**
   * Content of JSON files that are deployed with the code, by file name.
   *
   * @default - none
   */
  readonly files?: Readonly<Record<string, unknown>>;
  /**
   * Number of times that Lambda repeats an asynchronous call after a failure.
   *
   * @default 0
   */
  readonly asynchronousRetries?: number;
  /** ARN of the queue for asynchronous events that the function could not handle. */
  readonly deadLetterArn: string;
}

/** Longest time for which Lambda keeps an asynchronous event (Lambda Developer Guide, "Configuring error handling", 2026). */
const LONGEST_EVENT_AGE_SECONDS = 21_600;

/** Defines a function of this project in `scope`, bundled from its sources, with its log group. */
export function bundledFunction(scope: Construct, props: BundledFunctionProps): CfnFunction {
  const { functionName, description, logGroupName, memoryMegabytes, timeoutSeconds, variables, role } = props;
  const log = new CfnLogGroup(scope, 'Log', { logGroupName, retentionInDays: 90 });
  const code = bundledCode(scope, props);
  const lambda = new CfnFunction(scope, 'Function', {
    functionName,
    description,
    role: role.attrArn,
    runtime: Runtime.NODEJS_24_X.name,
    architectures: ['arm64'],
    handler: 'index.handler',
    code: { s3Bucket: code.s3BucketName, s3Key: code.s3ObjectKey },
    memorySize: memoryMegabytes,
    timeout: timeoutSeconds,
    environment: { variables: { ...variables } },
  });
  for (const resource of [log, ...(props.after ?? [])]) {
    lambda.addResourceDependency(resource);
  }
  code.addResourceMetadata(lambda, 'Code');

  // Lambda repeats a failed asynchronous call only if that is planned. Most callers accept only the first answer or
  // repeat the call themselves, so a second run would come too late.
  new CfnEventInvokeConfig(scope, 'Invocations', {
    functionName: lambda.ref,
    qualifier: '$LATEST',
    maximumRetryAttempts: props.asynchronousRetries ?? 0,
    maximumEventAgeInSeconds: props.asynchronousRetries === undefined ? timeoutSeconds : LONGEST_EVENT_AGE_SECONDS,
    destinationConfig: { onFailure: { destination: props.deadLetterArn } },
  });
  return lambda;
}

/** Returns the bundle as an asset. The asset copies the files, so the temporary folder is removed at once. */
function bundledCode(scope: Construct, { source, files = {} }: BundledFunctionProps): Asset {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-'));
  try {
    bundleFunction(source, folder);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, name), `${JSON.stringify(content, null, 1)}\n`);
    }
    return new Asset(scope, 'Code', { path: folder });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
