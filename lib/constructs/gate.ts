import { createHash } from 'node:crypto';
import { Aspects, CfnDeletionPolicy, CfnElement, CfnOutput, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GATE_TYPE } from '../catalog/gate-type';
import { describeElement } from './describe-element';

export interface GateProps {
  readonly application: string;
  /** The profile that each alias gives to its callers: what the gate tries, and nothing that left the file. */
  readonly aliases: Readonly<Record<string, string>>;
  /** ARN of the verification function, by its physical name: stacks import nothing from each other. */
  readonly functionArn: string;
  /** Whether access that does not work fails the deployment of the stack. */
  readonly onFailure: 'fail' | 'warn';
  /**
   * What decides about the application's access and is no part of its stack, each described: boundaries, and the function
   * that judges. Asked when templates are made, since aspects may change it until then.
   */
  readonly elsewhere: () => readonly string[];
}

/** Types that give nobody access and take none away: what they say of money or of what is seen is not for the gate. */
const NOT_JUDGED: readonly string[] = [
  'AWS::Budgets::Budget',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Logs::QueryDefinition',
];

/** The function ends after 900 s and keeps time to answer; CloudFormation waits a little longer. */
const SERVICE_TIMEOUT_SECONDS = 960;

/**
 * The last resource of a stack: CloudFormation has the verification function try the application's access, and a failure
 * rolls this stack back and no other.
 *
 * CloudFormation calls it again only when its properties change. So they carry a digest of all that it judges: the other
 * elements of the stack but for budgets, alarms, dashboards and saved queries, the boundaries and the function with its rights.
 */
export class Gate extends Construct {
  constructor(scope: Construct, id: string, props: GateProps) {
    super(scope, id);
    const { application, aliases, functionArn, onFailure, elsewhere } = props;
    const stack = Stack.of(this);
    const elements = (): readonly CfnElement[] =>
      stack.node
        .findAll()
        .filter((c): c is CfnElement => CfnElement.isCfnElement(c))
        .filter((element) => element !== gate && !(element instanceof CfnOutput));
    const gate = new CfnResource(this, 'Resource', {
      type: GATE_TYPE,
      properties: {
        ServiceToken: functionArn,
        ServiceTimeout: SERVICE_TIMEOUT_SECONDS,
        Application: application,
        Aliases: aliases,
        OnFailure: onFailure,
        Judged: Lazy.string({
          produce: () =>
            digest(
              elements()
                .filter((e) => !(CfnResource.isCfnResource(e) && NOT_JUDGED.includes(e.cfnResourceType)))
                .map((e) => describeElement(e, ['Metadata'])),
              elsewhere(),
            ),
        }),
      },
    });
    // Once the whole app is there: what somebody adds to the stack later is judged too.
    Aspects.of(this).add({
      visit: (node) => {
        if (node === gate) {
          for (const resource of elements().filter((e) => CfnResource.isCfnResource(e))) {
            gate.addResourceDependency(resource as CfnResource);
          }
        }
      },
    });
    // A gate that only warns is seen nowhere else: CloudFormation shows the reason of a failure alone.
    new CfnOutput(stack, 'Verdict', { description: 'What the gate found', value: gate.getAtt('Verdict').toString() });
    // There is nothing to delete, and a stack must go away also when its function is gone already.
    gate.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    gate.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
}

function digest(own: readonly string[], elsewhere: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([...own, ...elsewhere].sort()))
    .digest('hex');
}
