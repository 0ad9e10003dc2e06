import { profileNamed } from '../../account/find-profile';
import type { Routing } from '../../catalog/routing';
import type { Remedy } from '../finding/proof';
import type { Denial, DeniedRequest } from './denial';
import { type Call, passingModels, passingRoutings } from './passing-routings';

/** Most aliases that are listed one by one. */
const SHOWN = 10;

/** For each alias whose calls are denied, lists the routings of its model that pass as they are. */
export function routingChoices(denial: Denial): readonly Remedy[] {
  return perAlias(denial, (call, alias) => {
    const routings = passingRoutings(call, call.modelId, denial.passes);
    return routings.length === 0
      ? `${alias}: no routing of ${call.modelId} from ${denial.plan.region} passes; ${otherModels(call, denial)}`
      : `${alias}: ${routingWords(routings)}`;
  });
}

/** For each alias whose model is banned, lists other models that pass. */
export function modelChoices(denial: Denial): readonly Remedy[] {
  return perAlias(denial, (call, alias) => {
    const routings = passingRoutings(call, call.modelId, denial.passes);
    return routings.length === 0
      ? `${alias}: ${call.modelId} is not permitted; ${otherModels(call, denial)}`
      : `${alias}: ${routingWords(routings)}`;
  });
}

/** `global` is named only if nothing else passes, because it gets around a statement about Regions. */
function routingWords(routings: readonly Routing[]): string {
  const within = routings.filter((r) => r !== 'global');
  return within.length > 0
    ? `set routing: ${within.join(' or ')}, which passes as it is`
    : 'only routing: global passes, but its calls may be answered in any Region, also in one that is denied; ask the owner of the policy first';
}

function otherModels(call: Call, { passes, limits }: Denial): string {
  const models = passingModels(call, passes);
  return models.length === 0
    ? `no other model of this kind ${limits === undefined ? 'in the catalog' : 'within the limits of the file'} passes either`
    : `choose another model, such as ${models.join(', ')}`;
}

function perAlias({ account, denied, limits }: Denial, say: (call: Call, alias: string) => string): readonly Remedy[] {
  const byAlias = new Map<string, DeniedRequest>();
  for (const one of denied) {
    const { alias, breaks } = one.request;
    if (alias !== undefined && breaks === 'calls') {
      const name = `${alias.application.name}/${alias.generation.alias}`;
      byAlias.set(name, byAlias.get(name) ?? one);
    }
  }
  const said = [...byAlias].slice(0, SHOWN).map(([name, { request, context }]): Remedy => {
    const { application, generation } = request.alias as NonNullable<typeof request.alias>;
    const profile = profileNamed(account, generation.profileName);
    const { guardrail } = application;
    const call: Call = {
      account,
      modelId: generation.modelId,
      profileArn: profile?.arn ?? '',
      context: { ...withoutCallKeys(request.context), ...context },
      ...(limits !== undefined && { limits }),
      ...(guardrail !== undefined && {
        guardrail: { arn: guardrail.arn, identifier: `${guardrail.arn}:${guardrail.version}` },
      }),
    };
    return { change: say(call, name) };
  });
  const more = byAlias.size - said.length;
  return more > 0 ? [...said, { change: `${more} more ${more === 1 ? 'alias' : 'aliases'} likewise` }] : said;
}

/** Removes the keys that differ between the requests of one call. */
function withoutCallKeys(context: DeniedRequest['request']['context']): DeniedRequest['request']['context'] {
  return Object.fromEntries(
    Object.entries(context).filter(
      ([key]) => key !== 'aws:RequestedRegion' && !/^(bedrock:|aws:ResourceTag\/)/.test(key),
    ),
  );
}
