import { tierBeside } from '../../../lambda/aliases/service-tiers';
import type { Account } from '../../account/account';
import { profileNamed } from '../../account/find-profile';
import type { Guardrail, InvokeAction } from '../../account/invoke-checks';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { GenerationPlan } from '../../plan/parts/generation-plan';
import { INVOKE_ACTIONS } from '../../plan/parts/statement';

/** A call as an application makes it, and the decision that IAM must reach on all its requests together. */
export interface WholeCall {
  readonly application: string;
  readonly alias: string;
  /** Digest of the generation of the alias. */
  readonly generation: string;
  /** The target in words, such as `its profile`. */
  readonly targetWords: string;
  /** Id or ARN that the call passes as `modelId`. */
  readonly target: string;
  readonly action: InvokeAction;
  readonly guardrail?: Guardrail;
  /**
   * The service tier that the call names.
   *
   * @default - none
   */
  readonly tier?: string;
  readonly expected: 'allowed' | 'denied';
}

/**
 * Lists the calls that show whether an application has the intended access: calls through its own profiles, calls that
 * bypass them, and calls through the profiles of other applications.
 */
export function wholeCalls(
  own: ApplicationPlan,
  applications: readonly ApplicationPlan[],
  account: Account,
): readonly WholeCall[] {
  const arnOf = (g: GenerationPlan): string => profileNamed(account, g.profileName)?.arn ?? g.profileName;
  const { guardrail, tiers } = own;
  const beside = tierBeside(tiers);
  const named = [
    // A call that names no tier gets the default one.
    ...tiers.filter((tier) => tier !== 'default').map((tier) => ({ tier, expected: 'allowed' as const })),
    ...(beside === undefined ? [] : [{ tier: beside, expected: 'denied' as const }]),
  ];
  const guarded = guardrail && {
    guardrail: { arn: guardrail.arn, identifier: `${guardrail.arn}:${guardrail.version}` },
  };
  const streams = (g: GenerationPlan): readonly InvokeAction[] =>
    g.kind === 'chat' ? INVOKE_ACTIONS : ['bedrock:InvokeModel'];

  return applications.flatMap((application) =>
    application.generations.flatMap((g): readonly WholeCall[] => {
      const call = { application: application.name, alias: g.alias, generation: g.generation };
      const through = { ...call, target: arnOf(g), ...(g.kind === 'chat' && guarded) };
      if (application !== own) {
        return [
          {
            ...through,
            targetWords: "another application's profile",
            action: 'bedrock:InvokeModel',
            expected: 'denied',
          },
        ];
      }
      const bypasses = [g.modelId, ...(g.systemProfileId === undefined ? [] : [g.systemProfileId])];
      return [
        ...streams(g).map((action) => ({
          ...through,
          targetWords: 'its profile',
          action,
          expected: 'allowed' as const,
        })),
        ...named.map((tiered) => ({
          ...through,
          ...tiered,
          targetWords: `its profile with the service tier ${tiered.tier}`,
          action: 'bedrock:InvokeModel' as const,
        })),
        // An existing principal may make these calls by other policies of its own, which are not known here.
        ...bypasses.flatMap((target) =>
          streams(g).map((action) => ({
            ...call,
            ...guarded,
            target,
            targetWords: target,
            action,
            expected: 'denied' as const,
          })),
        ),
      ];
    }),
  );
}
