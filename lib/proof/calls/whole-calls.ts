import type { Account } from '../../account/account';
import type { Guardrail, InvokeAction } from '../../account/invoke-checks';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { GenerationPlan } from '../../plan/parts/generation-plan';
import { INVOKE_ACTIONS } from '../../plan/parts/statement';

/** A call as an application makes it, and what IAM has to answer to the whole of it. */
export interface WholeCall {
  readonly application: string;
  readonly alias: string;
  readonly what: string;
  readonly target: string;
  readonly action: InvokeAction;
  readonly guardrail?: Guardrail;
  readonly expected: 'allowed' | 'denied';
}

/**
 * The calls that tell whether an application has the access it is meant to have: through its profiles, around them, and
 * through those of others.
 */
export function wholeCalls(
  own: ApplicationPlan,
  applications: readonly ApplicationPlan[],
  account: Account,
): readonly WholeCall[] {
  const arnOf = (g: GenerationPlan): string =>
    account.profiles.find((p) => p.name === g.profileName)?.arn ?? g.profileName;
  const { guardrail } = own;
  const guarded = guardrail && {
    guardrail: { arn: guardrail.arn, identifier: `${guardrail.arn}:${guardrail.version}` },
  };
  const streams = (g: GenerationPlan): readonly InvokeAction[] =>
    g.kind === 'chat' ? INVOKE_ACTIONS : ['bedrock:InvokeModel'];

  return applications.flatMap((application) =>
    application.generations.flatMap((g): readonly WholeCall[] => {
      const call = { application: application.name, alias: g.alias };
      const through = { ...call, target: arnOf(g), ...(g.kind === 'chat' && guarded) };
      if (application !== own) {
        return [
          { ...through, what: "another application's profile", action: 'bedrock:InvokeModel', expected: 'denied' },
        ];
      }
      const around = [g.modelId, ...(g.systemProfileId === undefined ? [] : [g.systemProfileId])];
      return [
        ...streams(g).map((action) => ({ ...through, what: 'its profile', action, expected: 'allowed' as const })),
        // What a principal that exists already may do besides is not known, and its own policies may allow it.
        ...around.flatMap((target) =>
          streams(g).map((action) => ({
            ...call,
            ...guarded,
            target,
            what: target,
            action,
            expected: 'denied' as const,
          })),
        ),
      ];
    }),
  );
}
