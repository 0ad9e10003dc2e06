/** A saved query of CloudWatch Logs Insights. */
export interface QueryPlan {
  /** Folders and name of the query, as the console shows them. */
  readonly name: string;
  /** The query, in the Logs Insights query language. */
  readonly text: string;
}

/** Returns the folder of an environment's saved queries. */
export function queryFolder(environment: string): string {
  return `bedrock-access/${environment}`;
}

/** Selects invocation records. The log group also contains a record that Bedrock writes to test its access. */
export const RECORDS = 'filter schemaType = "ModelInvocationLog"';

/**
 * Reads the four token counts of a record. A missing count is 0. No token is counted twice: the input count does not
 * include tokens that were read from or written to the cache. The cache counts occur in real records, but the table of
 * the documentation does not list them.
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

/**
 * Decides the saved queries about all calls in the account and Region. They contain no prices, because a price belongs
 * to a profile. The queries of the applications contain them.
 */
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
    content ? slowestCalls(query) : longestAnswers(query),
  ];
}

type Query = (name: string, ...commands: readonly string[]) => QueryPlan;

/**
 * Decides the query for the slowest calls. A record has no field for the latency of a call. The logged answer of
 * Converse contains it under `metrics.latencyMs`, and the answer of InvokeModel does not contain it.
 */
function slowestCalls(query: Query): QueryPlan {
  return query(
    'slowest calls',
    RECORDS,
    'filter ispresent(output.outputBodyJson.metrics.latencyMs)',
    `fields @timestamp, output.outputBodyJson.metrics.latencyMs as milliseconds, modelId, identity.arn as principal, inferenceRegion, requestId, ${TOKENS}`,
    'sort milliseconds desc',
    'limit 50',
  );
}

/**
 * Decides the query for the longest answers. Without logged answers a record does not show the latency of a call, but
 * the model needs most of the time to write its answer.
 */
function longestAnswers(query: Query): QueryPlan {
  return query(
    'longest answers',
    RECORDS,
    `fields @timestamp, modelId, identity.arn as principal, inferenceRegion, requestId, ${TOKENS}`,
    'sort o desc',
    'limit 50',
  );
}
