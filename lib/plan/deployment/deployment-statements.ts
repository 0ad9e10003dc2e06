import { ownActions } from '../../account/types/called-actions';
import { SSM_TYPES } from '../../account/types/ssm';
import { arnWithoutAccount } from '../../catalog/arn';
import { BILLING_REGION } from '../../catalog/region';
import type { AccessPlan } from '../environment/access-plan';
import { billingStacks } from '../environment/billing-plan';
import { parameterArn } from '../names/arns';
import { assetBucket, BOOTSTRAP_VERSION } from '../names/bootstrap';
import { limitParameterName, parameterName, profilesParameterName } from '../names/names';
import type { Statement } from '../parts/statement';

/** Allows what every template needs, and the deployment of the SSM parameters of aliases, limits and profile ids. */
export function deploymentStatements(plan: AccessPlan): readonly Statement[] {
  const { partition, account, environment, applications } = plan;
  const limited = applications.some((a) => a.limit !== undefined);
  const names = [parameterName, ...(limited ? [limitParameterName] : []), profilesParameterName];
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
      // CloudFormation also reads the ids of the profiles for the stack of the dashboard.
      Sid: 'Aliases',
      Effect: 'Allow',
      Action: ownActions(...Object.values(SSM_TYPES)),
      Resource: names.map((name) => parameterArn(plan, name(environment, '*'))),
    },
  ];
}
