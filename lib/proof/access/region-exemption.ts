import type { Account } from '../../account/account';
import { regionalArn } from '../../catalog/arn';
import { isJsonMap, type JsonMap } from '../../catalog/json-map';
import type { DecidedBy } from '../../iam/evaluate/decision';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { AccessRequest } from '../../iam/match/access-request';
import type { Policy } from '../../iam/policy/policy';
import type { OuterPolicies } from './outer-policies';

const ALL: Policy = {
  name: 'everything',
  document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

/**
 * Returns the condition that exempts calls through application inference profiles, and no other calls, from a service
 * control policy that denies Regions. The exemption is tried on the witness. Returns `undefined` when the call would
 * still be denied.
 */
export function regionExemption(
  { partition, accountId }: Account,
  { serviceControl }: OuterPolicies,
  by: DecidedBy,
  witness: AccessRequest,
): string | undefined {
  const level = serviceControl.find((policies) => policies.some((p) => p.name === by.policy));
  const profiles = regionalArn(
    { partition, region: '*', account: accountId },
    'bedrock',
    'application-inference-profile/*',
  );
  const exempted = level?.map((p) => (p.name === by.policy ? withCondition(p, by.sid, profiles) : p));
  const passes =
    exempted !== undefined &&
    evaluate({ identity: [ALL], serviceControl: [[ALL, ...exempted]] }, witness).decision === 'allowed';
  return passes
    ? `"ArnNotLike": {"bedrock:InferenceProfileArn": "${profiles}"} in its Condition, which still denies every call that is made without such a profile`
    : undefined;
}

function withCondition(policy: Policy, sid: string | undefined, profiles: string): Policy {
  const document = isJsonMap(policy.document) ? policy.document : {};
  const statements: readonly unknown[] = [document['Statement']].flat();
  const exempt = (statement: unknown): unknown =>
    isJsonMap(statement) && statement['Effect'] === 'Deny' && statement['Sid'] === sid
      ? {
          ...statement,
          Condition: {
            ...condition(statement),
            ArnNotLike: { ...arnNotLike(statement), 'bedrock:InferenceProfileArn': profiles },
          },
        }
      : statement;
  return { ...policy, document: { ...document, Statement: statements.map(exempt) } };
}

function condition(statement: JsonMap): JsonMap {
  return isJsonMap(statement['Condition']) ? statement['Condition'] : {};
}

function arnNotLike(statement: JsonMap): JsonMap {
  const found = condition(statement)['ArnNotLike'];
  return isJsonMap(found) ? found : {};
}
