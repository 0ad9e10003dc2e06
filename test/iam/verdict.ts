import type { Decision } from '../../lib/iam/evaluate/decision';
import { evaluate } from '../../lib/iam/evaluate/evaluate';
import type { RequestContext } from '../../lib/iam/match/access-request';

export const PROFILE = 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123def456';
export const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/acme.large-v1:0';

/** Makes a policy document of the current version from statements. */
export function documentOf(...statements: readonly unknown[]): unknown {
  return { Version: '2012-10-17', Statement: statements };
}

/** Decides a call of a model, or the request that the test gives, by these statements alone. */
export function verdict(
  statements: readonly unknown[],
  { action = 'bedrock:InvokeModel', resource = MODEL, context = {} as RequestContext } = {},
): Decision['decision'] {
  const policy = { name: 'inline:test', document: documentOf(...statements) };
  return evaluate({ identity: [policy] }, { action, resource, context }).decision;
}

/** Decides a request by an allow that has only this condition. */
export function conditionVerdict(condition: unknown, context: RequestContext): Decision['decision'] {
  return verdict([{ Effect: 'Allow', Action: '*', Resource: '*', Condition: condition }], { context });
}
