import type { Account } from '../../account/account';
import { invokeVerification } from '../../live/invoke-verification';
import { readStandings } from '../../live/limits/read-standings';
import { requireAccount } from '../../live/require-account';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { judgeVerification } from '../../proof/verification/judge-verification';
import type { ProbeResult } from '../../proof/verification/verification-result';
import type { Verification } from '../../report/verification/verification';

/**
 * Lets the deployed function call every model as its application would, and compares the results with the plan.
 *
 * @throws AwsFailure when the credentials belong to another account, or the function could not be invoked
 */
export async function verifyDeployed(
  plan: AccessPlan,
  today: string,
  progress: (phase: string, detail?: string) => void,
): Promise<Verification> {
  const { LambdaClient } = require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
  const { region, applications, functions } = plan;
  const [verification] = functions;
  await requireAccount(plan);
  const phase = `${verification.functionName} verifies ${applications.length} applications`;
  progress(phase);
  let done = 0;
  const { result, failures, unverified } = await invokeVerification(
    plan,
    new LambdaClient({ region }),
    (application) => {
      done += 1;
      progress(phase, `${done} done, most recently ${application}`);
    },
  );
  const verdict = judgeVerification(plan, accountOfResults(plan, result.probes), result, unverified);
  const limits = await readStandings(plan, today);
  return failures.length === 0
    ? { plan, result, limits, verdict }
    : {
        plan,
        result,
        limits,
        verdict: { ...verdict, verdict: 'found', mismatches: [...failures, ...verdict.mismatches] },
      };
}

/** Builds an account with the profiles that the results show, from which a missing statement gets its ARNs. */
function accountOfResults(plan: AccessPlan, probes: readonly ProbeResult[]): Account {
  const profiles = plan.applications.flatMap(({ name, generations }) =>
    generations.flatMap(({ alias, generation, profileName, copyFrom }) => {
      const called = probes.find(
        (p) =>
          p.application === name &&
          p.alias === alias &&
          p.generation === generation &&
          ['text', 'embed'].includes(p.probe),
      );
      return called === undefined
        ? []
        : [{ arn: called.target, id: called.target.split('/').at(-1) ?? '', name: profileName, copyFrom, tags: {} }];
    }),
  );
  return {
    accountId: plan.account,
    region: plan.region,
    partition: plan.partition,
    profiles,
    ...{
      principals: [],
      parameters: [],
      functions: [],
      gates: [],
      budgets: [],
      wholeResources: [],
      unread: [],
      managedPolicies: [],
      unattached: [],
      duplicateNames: [],
    },
    stacksOutsideEnvironments: [],
    origins: new Map(),
  };
}
