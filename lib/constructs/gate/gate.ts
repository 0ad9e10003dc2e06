import { Aspects, CfnDeletionPolicy, CfnElement, CfnOutput, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { GATE_TYPE } from '../../account/types/cloudformation';
import { SERVICE_TIMEOUT_SECONDS } from '../service-function';
import { gateDigest } from './gate-digest';

export interface GateProps {
  readonly application: string;
  /** ARN of the profile that each alias gives to its callers, by alias. The gate tries these aliases and no others. */
  readonly aliases: Readonly<Record<string, string>>;
  /** ARN of the verification function, built from its physical name, because stacks import nothing from each other. */
  readonly functionArn: string;
  /** Effect on the deployment of the stack when the application's access does not work. */
  readonly onFailure: 'fail' | 'warn';
  /**
   * Describes the resources outside the stack that decide the application's access: the boundaries and the verification
   * function. It is called when the template is synthesized, because aspects may change the resources until then.
   */
  readonly describeOutside: () => readonly string[];
}

/**
 * The last resource of a stack. CloudFormation calls the verification function, which tries the application's access.
 * If that fails, CloudFormation rolls back this stack and no other.
 *
 * CloudFormation calls the function again only when a property changes. Therefore one property is a digest of
 * everything that decides the application's access ({@link gateDigest}).
 */
export class Gate extends Construct {
  constructor(scope: Construct, id: string, props: GateProps) {
    super(scope, id);
    const { application, aliases, functionArn, onFailure, describeOutside } = props;
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
          produce: () => gateDigest(elements(), describeOutside()),
        }),
      },
    });
    // An aspect runs after the whole app is built, so the gate also depends on resources that are added to the stack
    // later.
    Aspects.of(this).add({
      visit: (node) => {
        if (node === gate) {
          for (const resource of elements().filter((e) => CfnResource.isCfnResource(e))) {
            gate.addResourceDependency(resource as CfnResource);
          }
        }
      },
    });
    // An output, because CloudFormation shows the text of a custom resource only when it fails, and a gate may only
    // warn.
    new CfnOutput(stack, 'Verdict', { description: 'What the gate found', value: gate.getAtt('Verdict').toString() });
    // There is nothing to delete, and the stack must be deletable even if the function is already deleted.
    gate.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    gate.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
}
