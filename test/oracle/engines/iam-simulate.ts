import { runSimulation } from '@cloud-copilot/iam-simulate';
import type { AccessRequest } from '../../../lib/iam/match/access-request';
import type { NamedPolicy, PolicySet } from '../policy-set';
import type { Answer } from './answer';

const ACCOUNT = '111122223333';
const DECISIONS = {
  Allowed: 'allowed',
  ExplicitlyDenied: 'explicitDeny',
  ImplicitlyDenied: 'implicitDeny',
} as const;

/** First statement in the policy of every key of this project. Without it, IAM policies decide nothing about a key. */
const KEY_POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }],
};

/** Asks `@cloud-copilot/iam-simulate`, which checks actions, resource types and condition keys before it decides. */
export async function askIamSimulate(policies: PolicySet, request: AccessRequest): Promise<Answer> {
  const { identity, boundary, session, serviceControl = [], endpoint } = policies;
  const result = await runSimulation(
    {
      request: {
        principal: `arn:aws:sts::${ACCOUNT}:assumed-role/app/session`,
        action: request.action,
        resource: { resource: request.resource, accountId: ACCOUNT },
        contextVariables: Object.fromEntries(
          Object.entries(request.context).map(([key, values]) => [key, [...values]]),
        ),
      },
      identityPolicies: identity.map(named),
      serviceControlPolicies: serviceControl.map((level, index) => ({
        orgIdentifier: `level${index}`,
        policies: level.map(named),
      })),
      resourceControlPolicies: [],
      ...(/^arn:aws:kms:[^:]*:\d+:key\//.test(request.resource) ? { resourcePolicy: KEY_POLICY } : {}),
      ...(boundary === undefined ? {} : { permissionBoundaryPolicies: [named(boundary)] }),
      ...(session === undefined ? {} : { sessionPolicy: session.document }),
      ...(endpoint === undefined ? {} : { vpcEndpointPolicies: [named(endpoint)] }),
      additionalSettings: { s3: { bucketAbacEnabled: true } },
    },
    {},
  );
  if (result.resultType === 'error') {
    return { skipped: `refuses: ${result.errors.message}` };
  }
  if (result.resultType === 'wildcard') {
    return { skipped: 'reads the resource of the request as a pattern' };
  }
  const { ignoredContextKeys = [] } = result.result;
  return ignoredContextKeys.length > 0
    ? { skipped: `ignores ${ignoredContextKeys.join(', ')}` }
    : { decision: DECISIONS[result.overallResult] };
}

function named({ name, document }: NamedPolicy): { name: string; policy: unknown } {
  return { name, policy: document };
}
