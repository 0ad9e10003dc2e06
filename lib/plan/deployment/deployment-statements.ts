import { ownActions } from '../../account/types/called-actions';
import { SSM_TYPES } from '../../account/types/ssm';
import { arnWithoutAccount } from '../../catalog/arn';
import { BILLING_REGION } from '../../catalog/region';
import type { AccessPlan } from '../environment/access-plan';
import { billingStacks } from '../environment/billing-plan';
import { parameterArn } from '../names/arns';
import { assetBucket, BOOTSTRAP_VERSION } from '../names/bootstrap';
import { parameterName } from '../names/names';
import type { Statement } from '../parts/statement';

/** Allows what every template needs, and the deployment of the SSM parameters of aliases. */
export function deploymentStatements(plan: AccessPlan): readonly Statement[] {
  const { partition, account, environment } = plan;
  const regions = [plan.region, ...billingStacks(plan).map(() => BILLING_REGION)];
  return [
    {
      Sid: 'ReadBootstrapVersion',
      Effect: 'Allow',
      Action: ['ssm:GetParameters'],
      Resource: [...new Set(regions)].map((region) => parameterArn({ ...plan, region }, BOOTSTRAP_VERSION)),
    },
    {
      // The bucket's name is predictable. If another account owned the bucket, it could supply the code that runs as
      // the verification.
      Sid: 'ReadAssets',
      Effect: 'Allow',
      Action: ['s3:GetObject'],
      Resource: [arnWithoutAccount(partition, 's3', `${assetBucket(plan)}/*`)],
      Condition: { StringEquals: { 'aws:ResourceAccount': account } },
    },
    {
      Sid: 'Aliases',
      Effect: 'Allow',
      Action: ownActions(...Object.values(SSM_TYPES)),
      Resource: [parameterArn(plan, parameterName(environment, '*'))],
    },
  ];
}
