import { createHash } from 'node:crypto';
import { CfnDeletionPolicy, CfnOutput, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GATE_TYPE } from '../catalog/gate-type';

export interface GateProps {
  readonly application: string;
  /** The profile that each alias gives to its callers: what the gate tries, and nothing that left the file. */
  readonly aliases: Readonly<Record<string, string>>;
  /** ARN of the verification function, by its physical name: stacks import nothing from each other. */
  readonly functionArn: string;
  /** Whether access that does not work fails the deployment of the stack. */
  readonly onFailure: 'fail' | 'warn';
  /** What decides about the application's access and is no part of its stack: boundaries. */
  readonly elsewhere: readonly CfnResource[];
  /** Tells versions of the verification function's code apart. */
  readonly codeHash: string;
}

/** The function ends after 900 s and keeps time to answer; CloudFormation waits a little longer. */
const SERVICE_TIMEOUT_SECONDS = 960;

/**
 * The last resource of a stack: CloudFormation has the verification function try the application's access, and a failure
 * rolls this stack back and no other.
 *
 * CloudFormation calls it again only when its properties change. So they carry a digest of all that it judges: the other
 * resources of the stack, the boundaries and the function's code.
 */
export class Gate extends Construct {
  constructor(scope: Construct, id: string, props: GateProps) {
    super(scope, id);
    const { application, aliases, functionArn, onFailure, elsewhere, codeHash } = props;
    const stack = Stack.of(this);
    const judged = (): readonly CfnResource[] =>
      stack.node
        .findAll()
        .filter(isResource)
        .filter((r) => r !== gate);
    const gate = new CfnResource(this, 'Resource', {
      type: GATE_TYPE,
      properties: {
        ServiceToken: functionArn,
        ServiceTimeout: SERVICE_TIMEOUT_SECONDS,
        Application: application,
        Aliases: aliases,
        OnFailure: onFailure,
        Judged: Lazy.string({ produce: () => digest(codeHash, [...judged(), ...elsewhere]) }),
      },
    });
    for (const resource of judged()) {
      gate.addResourceDependency(resource);
    }
    // A gate that only warns is seen nowhere else: CloudFormation shows the reason of a failure alone.
    new CfnOutput(stack, 'Verdict', { description: 'What the gate found', value: gate.getAtt('Verdict').toString() });
    // There is nothing to delete, and a stack must go away also when its function is gone already.
    gate.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    gate.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
}

function isResource(construct: unknown): construct is CfnResource {
  return CfnResource.isCfnResource(construct as Construct);
}

/** Changes when a resource's type or properties do; not with metadata, which gives nobody access. */
function digest(codeHash: string, resources: readonly CfnResource[]): string {
  const written = resources.map((r) => {
    const template = Stack.of(r).resolve(r._toCloudFormation()) as {
      readonly Resources: Readonly<Record<string, Written>>;
    };
    const [[logicalId = '', { Type = '', Properties = {} } = {}] = []] = Object.entries(template.Resources);
    return JSON.stringify([Stack.of(r).stackName, logicalId, Type, Properties]);
  });
  return createHash('sha256')
    .update(JSON.stringify([codeHash, ...written.sort()]))
    .digest('hex');
}

interface Written {
  readonly Type?: string;
  readonly Properties?: unknown;
}
