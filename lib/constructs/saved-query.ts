import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { QueryPlan } from '../plan/environment/log-queries';

/** Saves a question about a log group for the console of CloudWatch Logs Insights. */
export function savedQuery(scope: Construct, { name, text }: QueryPlan, logGroupName: string): CfnQueryDefinition {
  return new CfnQueryDefinition(scope, name.slice(name.lastIndexOf('/') + 1), {
    name,
    logGroupNames: [logGroupName],
    queryString: text,
  });
}
