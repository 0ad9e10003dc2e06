import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { QueryPlan } from '../plan/environment/log-queries';

/** Defines a saved query on a log group, which the console of CloudWatch Logs Insights shows. */
export function savedQuery(scope: Construct, { name, text }: QueryPlan, logGroupName: string): CfnQueryDefinition {
  return new CfnQueryDefinition(scope, name.slice(name.lastIndexOf('/') + 1), {
    name,
    logGroupNames: [logGroupName],
    queryString: text,
  });
}
