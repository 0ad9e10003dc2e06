/** A question about the log, saved in CloudWatch Logs Insights. */
export interface QueryPlan {
  /** Its folders and its name, as the console shows it. */
  readonly name: string;
  /** In the Logs Insights query language. */
  readonly text: string;
}

/** The folder of an environment's saved queries. */
export function queryFolder(environment: string): string {
  return `bedrock-access/${environment}`;
}

/** Invocation records alone: the log group also holds a record that Bedrock writes to try it. */
export const RECORDS = 'filter schemaType = "ModelInvocationLog"';

/**
 * The token counts of a record, each 0 where it is absent. The four are disjoint: the input count leaves out what came from
 * the cache or went into it. Those of the cache are in real records, and not in the table of the documentation.
 */
export const TOKENS = [
  'coalesce(input.inputTokenCount, 0) as i',
  'coalesce(output.outputTokenCount, 0) as o',
  'coalesce(input.cacheReadInputTokenCount, 0) as cr',
  'coalesce(input.cacheWriteInputTokenCount, 0) as cw',
].join(', ');

const SUMS =
  'sum(i) as inputTokens, sum(o) as outputTokens, sum(cr) as cacheReadTokens, sum(cw) as cacheWriteTokens, count(*) as calls';
const PROFILES = '/:application-inference-profile\\//';

/** Questions about all calls of the account and Region. Prices stand in the applications' own: a profile has one. */
export function planLogQueries(environment: string, content: boolean): readonly QueryPlan[] {
  const query = (name: string, ...commands: readonly string[]): QueryPlan => ({
    name: `${queryFolder(environment)}/${name}`,
    text: commands.join('\n| '),
  });
  return [
    query(
      'tokens by principal and profile',
      RECORDS,
      `filter modelId like ${PROFILES}`,
      `fields identity.arn as principal, ${TOKENS}`,
      `stats ${SUMS} by principal, modelId`,
      'sort outputTokens desc',
    ),
    query(
      'sessions under one role',
      RECORDS,
      'parse identity.arn "assumed-role/*/*" as role, session',
      'filter ispresent(session)',
      `fields ${TOKENS}`,
      `stats ${SUMS} by role, session`,
      'sort role asc, outputTokens desc',
    ),
    query(
      'calls around the profiles',
      RECORDS,
      `filter modelId not like ${PROFILES}`,
      `fields identity.arn as principal, ${TOKENS}`,
      `stats ${SUMS}, latest(@timestamp) as last by principal, modelId, operation`,
      'sort calls desc',
    ),
    query(
      'errors by cause',
      RECORDS,
      'filter ispresent(errorCode)',
      'fields identity.arn as principal',
      'stats count(*) as errors, latest(@timestamp) as last by errorCode, operation, modelId, principal',
      'sort errors desc',
    ),
    query(
      'cache use',
      RECORDS,
      `fields ${TOKENS}`,
      'fields i + cr + cw as total',
      'filter total > 0',
      `stats ${SUMS}, 100 * sum(cr) / sum(total) as percentFromCache by modelId`,
      'sort percentFromCache asc',
    ),
    content ? slowest(query) : longest(query),
  ];
}

type Query = (name: string, ...commands: readonly string[]) => QueryPlan;

/**
 * How long a call took stands in no field of a record, but in the answer, where that is logged: Converse puts it under
 * `metrics.latencyMs`, InvokeModel nowhere.
 */
function slowest(query: Query): QueryPlan {
  return query(
    'slowest calls',
    RECORDS,
    'filter ispresent(output.outputBodyJson.metrics.latencyMs)',
    `fields @timestamp, output.outputBodyJson.metrics.latencyMs as milliseconds, modelId, identity.arn as principal, inferenceRegion, requestId, ${TOKENS}`,
    'sort milliseconds desc',
    'limit 50',
  );
}

/** Without answers nothing in a record tells how long it took. What a model writes takes most of the time. */
function longest(query: Query): QueryPlan {
  return query(
    'longest answers',
    RECORDS,
    `fields @timestamp, modelId, identity.arn as principal, inferenceRegion, requestId, ${TOKENS}`,
    'sort o desc',
    'limit 50',
  );
}
