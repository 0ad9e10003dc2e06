import type { Account, Principal } from '../../account/account';
import { profileNamed } from '../../account/find-profile';
import { invokeChecks } from '../../account/invoke-checks';
import { invokeTarget } from '../../account/invoke-target';
import { resourceTags } from '../../account/resource/resource-tags';
import type { AccessRequest } from '../../iam/match/access-request';
import type { ApplicationPlan } from '../../plan/application/application-plan';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { type PlannedPrincipal, principals } from '../../plan/environment/principals';
import { serviceRoles } from '../../plan/environment/service-roles';
import { parameterArn } from '../../plan/names/arns';
import { parameterName } from '../../plan/names/names';
import type { GenerationPlan } from '../../plan/parts/generation-plan';
import { wholeCalls } from '../calls/whole-calls';
import type { KnownValues } from './known-values';

/** What fails when a request is denied, the worst first. */
export const BROKEN = ['calls', 'look-ups', 'own work'] as const;

/** A request that a principal makes in its intended work. */
export interface IntendedRequest extends AccessRequest {
  /** `own work` is the work of this project's own functions. */
  readonly breaks: (typeof BROKEN)[number];
  /**
   * The alias whose call or look-up makes the request.
   *
   * @default - the request is for no single alias
   */
  readonly alias?: { readonly application: ApplicationPlan; readonly generation: GenerationPlan };
  /**
   * The reading of the AWS documentation under which Bedrock makes the request.
   *
   * @default - Bedrock makes the request under every reading
   */
  readonly reading?: 'without-key' | 'with-key';
  /** True for a condition key, in lower case, that the request certainly lacks. */
  isAbsent(key: string): boolean;
}

/**
 * Lists every request that a principal makes in its intended work: calls of models first, then look-ups.
 *
 * @param withCalls false to leave out the calls of models
 */
export function intendedRequests(
  plan: AccessPlan,
  account: Account,
  [planned, principal]: readonly [PlannedPrincipal, Principal],
  known: KnownValues,
  withCalls = true,
): readonly IntendedRequest[] {
  const inRegion = { 'aws:RequestedRegion': [plan.region] };
  const request = (
    asked: AccessRequest,
    more: Pick<IntendedRequest, 'breaks' | 'alias' | 'reading'>,
    tagsAreKnown = true,
  ): IntendedRequest => ({
    ...asked,
    ...more,
    context: { ...known.context, ...ownerOf(asked), ...asked.context },
    isAbsent: (key) => known.isAbsent(key) || (tagsAreKnown && key.startsWith('aws:resourcetag/')),
  });

  const calls = (withCalls ? planned.applications : []).flatMap((own) =>
    wholeCalls(own, [own], account)
      .filter((call) => call.expected === 'allowed')
      .flatMap(({ target, action, guardrail, tier, generation: digest }) => {
        const found = invokeTarget(account, target);
        const generation = own.generations.find((g) => g.generation === digest);
        if (found.kind === 'unknown' || generation === undefined) {
          return [];
        }
        const checks = invokeChecks({
          account,
          target: found,
          action,
          reading: 'every',
          ...(guardrail && { guardrail }),
          ...(tier !== undefined && { tier }),
        });
        return checks.map((check) =>
          request(
            check,
            { breaks: 'calls', alias: { application: own, generation }, ...readingOf(generation, check) },
            // The guardrail exists already, and its tags are not known.
            check.action !== 'bedrock:ApplyGuardrail',
          ),
        );
      }),
  );
  const lookUps = planned.applications.flatMap((application) => {
    const { name, parameters, generations, tags } = application;
    const context = { ...inRegion, ...resourceTags(tags) };
    return [
      ...generations.flatMap((generation) => {
        const profile = profileNamed(account, generation.profileName);
        return profile === undefined
          ? []
          : [
              request(
                {
                  action: 'bedrock:GetInferenceProfile',
                  resource: profile.arn,
                  context: { ...inRegion, ...resourceTags(profile.tags) },
                },
                { breaks: 'look-ups', alias: { application, generation } },
              ),
            ];
      }),
      ...parameters.map((p) =>
        request({ action: 'ssm:GetParameter', resource: parameterArn(plan, p.name), context }, { breaks: 'look-ups' }),
      ),
      request(
        {
          action: 'ssm:GetParametersByPath',
          resource: parameterArn(plan, parameterName(plan.environment, name)),
          context: inRegion,
        },
        { breaks: 'look-ups' },
        false,
      ),
    ];
  });
  const own = serviceRoles(plan)
    .filter(({ arn }) => arn === principal.arn)
    .flatMap(({ policy }) => policy.statements)
    .flatMap(({ Action, Resource = [] }) =>
      Action.flatMap((action) =>
        Resource.flatMap((pattern) => examplesOf(plan, pattern)).map((resource) =>
          request({ action, resource, context: inRegion }, { breaks: 'own work' }, false),
        ),
      ),
    );
  return [...calls, ...lookUps, ...own];
}

/** Returns the account that owns the resource, if its ARN says so. AWS owns the foundation models. */
function ownerOf({ resource }: AccessRequest): AccessRequest['context'] {
  const owner = resource.split(':')[4] ?? '';
  return /^\d{12}$/.test(owner) ? { 'aws:ResourceAccount': [owner] } : {};
}

function readingOf({ systemProfileArn }: GenerationPlan, check: AccessRequest): Pick<IntendedRequest, 'reading'> {
  if (check.resource !== systemProfileArn) {
    return {};
  }
  return { reading: check.context['bedrock:InferenceProfileArn'] === undefined ? 'without-key' : 'with-key' };
}

/** Lists resources that match a pattern: every role of the plan in a folder of roles, or else one made-up name. */
function examplesOf(plan: AccessPlan, pattern: string): readonly string[] {
  const folder = pattern.endsWith('/*') ? pattern.slice(0, -1) : undefined;
  const roles = principals(plan).flatMap((p) => (p.origin === 'existing' ? [] : [p.arn]));
  const fitting = folder === undefined ? [] : roles.filter((arn) => arn.startsWith(folder));
  return pattern === '*' ? [pattern] : fitting.length > 0 ? fitting : [pattern.replace('*', 'some')];
}
