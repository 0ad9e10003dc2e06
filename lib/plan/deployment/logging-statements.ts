import { ownActions } from '../../account/types/called-actions';
import { LOGS_TYPES } from '../../account/types/logs';
import { regionalArn } from '../../catalog/arn';
import type { AccessPlan } from '../environment/access-plan';
import type { Statement } from '../parts/statement';

/** The log of all calls, and the questions saved beside it. */
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
      // Unlike the logs of functions, this one is encrypted with a key of its own.
      Action: [...ownActions(LOGS_TYPES['AWS::Logs::LogGroup']), 'logs:AssociateKmsKey', 'logs:DisassociateKmsKey'],
      Resource: [log, `${log}:*`],
    },
    {
      // None has a resource type in the service authorization reference of 2026-09-26.
      Sid: 'SavedQueries',
      Effect: 'Allow',
      Action: ownActions(LOGS_TYPES['AWS::Logs::QueryDefinition']),
      Resource: ['*'],
    },
  ];
}
