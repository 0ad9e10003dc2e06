import { ownActions } from '../../account/types/called-actions';
import { LOGS_TYPES } from '../../account/types/logs';
import { regionalArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/** Allows the deployment of the invocation log and its saved queries. */
export function loggingStatements(plan: AccessPlan): readonly Statement[] {
  const { logging } = plan;
  if (logging === undefined) {
    return [];
  }
  const log = regionalArn(plan, 'logs', `log-group:${logging.logGroupName}`);
  return [
    {
      Sid: 'InvocationLog',
      Effect: 'Allow',
      // Unlike the log groups of functions, this one is encrypted with a key of its own.
      Action: [...ownActions(LOGS_TYPES['AWS::Logs::LogGroup']), 'logs:AssociateKmsKey', 'logs:DisassociateKmsKey'],
      Resource: [log, `${log}:*`],
    },
    {
      // None of these actions has a resource type in the service authorization reference of 2026-09-26.
      Sid: 'SavedQueries',
      Effect: 'Allow',
      Action: ownActions(LOGS_TYPES['AWS::Logs::QueryDefinition']),
      Resource: ['*'],
    },
  ];
}
