import { parseLayers } from '../../iam/evaluate/policy-layers';
import { contextKeys } from '../../iam/match/context-keys';
import { matchStatement } from '../../iam/match/match-statement';
import { prepareRequest } from '../../iam/match/prepared-request';
import { statementWords } from '../finding/sentence';
import { PROFILE_KEY } from './cause';
import type { IntendedRequest } from './intended-requests';
import type { OuterPolicies } from './outer-policies';

/**
 * Names bans of a routing that the intended calls pass by. Such a statement denies calls through certain system profiles.
 * A call through an application profile over one of them carries the ARN of the application profile, so the statement
 * does not match.
 */
export function passedBans({ serviceControl }: OuterPolicies, requests: readonly IntendedRequest[]): readonly string[] {
  const statements = parseLayers({ identity: [], serviceControl }).flatMap((l) =>
    l.policies.flatMap((p) =>
      p.statements
        .filter((s) => s.effect === 'Deny' && s.conditions.some((c) => c.key === PROFILE_KEY && namesRouting(c.values)))
        .map((statement) => ({ policy: p.name, statement })),
    ),
  );
  return statements.flatMap(({ policy, statement }) => {
    const passing = requests.find(({ alias, action, resource, context }) => {
      const systemProfile = alias?.generation.systemProfileArn;
      if (systemProfile === undefined || contextKeys(context).get(PROFILE_KEY) === undefined) {
        return false;
      }
      const direct = { ...context, 'bedrock:InferenceProfileArn': [systemProfile] };
      return (
        matchStatement(statement, prepareRequest({ action, resource, context: direct })) === true &&
        matchStatement(statement, prepareRequest({ action, resource, context })) === false
      );
    });
    const system = passing?.alias?.generation.systemProfileArn?.split('/').at(-1);
    return system === undefined
      ? []
      : [
          `what ${statementWords({ policy, sid: statement.sid })} is for: it denies calls through ${system}, but calls through an application profile over ${system} pass it, because bedrock:InferenceProfileArn then holds the application profile's ARN (unverified; \`verify\` settles it); tell the owner of the policy`,
        ];
  });
}

/** True when a pattern of profiles is narrower than all system profiles. */
function namesRouting(values: readonly (readonly unknown[])[]): boolean {
  return values.some((value) =>
    value.some((piece) => typeof piece === 'string' && /:inference-profile\/.+/.test(piece)),
  );
}
