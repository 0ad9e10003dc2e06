import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/** The log of all calls, and the questions saved beside it. */
export function loggingStatements({ partition, region, account, logging }: AccessPlan): readonly Statement[] {
  if (logging === undefined) {
    return [];
  }
  const log = `arn:${partition}:logs:${region}:${account}:log-group:${logging.logGroupName}`;
  return [
    {
      Sid: 'InvocationLog',
      Effect: 'Allow',
      Action: [
        'logs:CreateLogGroup',
        'logs:DeleteLogGroup',
        'logs:PutRetentionPolicy',
        'logs:AssociateKmsKey',
        'logs:DisassociateKmsKey',
        'logs:GetDataProtectionPolicy',
        'logs:DeleteDataProtectionPolicy',
        'logs:TagResource',
        'logs:UntagResource',
        'logs:ListTagsForResource',
      ],
      Resource: [log, `${log}:*`],
    },
    {
      // None has a resource type in the service authorization reference of 2026-09-26.
      Sid: 'SavedQueries',
      Effect: 'Allow',
      Action: ['logs:PutQueryDefinition', 'logs:DescribeQueryDefinitions', 'logs:DeleteQueryDefinition'],
      Resource: ['*'],
    },
  ];
}
