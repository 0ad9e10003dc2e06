import { CfnAlias, CfnKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { KeyPlan } from '../plan/parts/key-plan';
import { policyDocument } from '../plan/parts/statement';

/** A KMS key that encrypts resources of an environment, and its alias. */
export class EncryptionKey extends Construct {
  readonly key: CfnKey;
  readonly alias: CfnAlias;

  constructor(scope: Construct, id: string, { alias, description, statements }: KeyPlan) {
    super(scope, id);
    this.key = new CfnKey(this, 'Key', {
      description,
      enableKeyRotation: true,
      keyPolicy: policyDocument(statements),
    });
    this.alias = new CfnAlias(this, 'Alias', { aliasName: alias, targetKeyId: this.key.attrArn });
  }
}
