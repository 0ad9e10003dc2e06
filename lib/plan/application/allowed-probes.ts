import { ALLOWED_PROBES, type AllowedProbe } from '../../../lambda/aliases/alias';
import { findModel } from '../../catalog/catalog';
import type { Ability, FoundationModel } from '../../catalog/foundation-model';
import type { ApplicationConfig, VerifyProbe } from '../../config/environment-schema';
import type { GenerationPlan } from '../parts/generation-plan';

/** A probe that the environment file requests but that does not run, with the reason. */
export interface SkippedProbe {
  readonly alias: string;
  readonly probe: string;
  readonly reason: string;
}

/** The probes that a file may request and that need an ability of the model beyond text, with that ability. */
const ABILITIES = { tools: 'tools', image: 'images', document: 'documents' } as const satisfies Readonly<
  Record<AbilityProbe, Ability>
>;

type AbilityProbe = Exclude<VerifyProbe, 'text' | 'stream'>;

function modelOf({ modelId }: GenerationPlan): FoundationModel {
  const model = findModel(modelId);
  if (model === undefined) {
    throw new Error(`'${modelId}' is not in the catalog; check the environment before you plan it`);
  }
  return model;
}

const has = (model: FoundationModel, ability: Ability): boolean => model.abilities?.includes(ability) === true;

/**
 * Returns the probes that must be allowed for a generation: those that the file requests, or, if it requests none, all
 * that the model supports according to the catalog.
 *
 * Text probes always run, in all their forms, because a denied call proves something only if another call is allowed.
 * The file has no name for the probe of prompt caching, so this probe runs only if the file requests no probes.
 */
export function allowedProbes(
  generation: GenerationPlan,
  verify: ApplicationConfig['verify'],
): readonly AllowedProbe[] {
  if (generation.kind === 'embedding') {
    return ['embed'];
  }
  const model = modelOf(generation);
  const isRequested = (probe: 'stream' | AbilityProbe): boolean => verify === undefined || verify.includes(probe);
  const isSupported = (probe: AbilityProbe): boolean => isRequested(probe) && has(model, ABILITIES[probe]);
  const runs: Readonly<Record<AllowedProbe, boolean>> = {
    text: true,
    system: model.systemPrompt !== false,
    turns: true,
    sampling: Boolean(model.sampling),
    stream: isRequested('stream'),
    tools: isSupported('tools'),
    image: isSupported('image'),
    document: isSupported('document'),
    cache: verify === undefined && has(model, 'promptCaching'),
    embed: false,
  };
  return ALLOWED_PROBES.filter((probe) => runs[probe]);
}

/**
 * Returns the probes that the file requests but a model does not support. An application may have models of several
 * kinds.
 */
export function skippedProbes(
  generations: readonly GenerationPlan[],
  verify: ApplicationConfig['verify'],
): readonly SkippedProbe[] {
  const served = generations.filter((g) => g.served && g.kind === 'chat');
  return (Object.keys(ABILITIES) as AbilityProbe[])
    .filter((probe) => verify?.includes(probe))
    .flatMap((probe) =>
      served
        .filter((g) => !has(modelOf(g), ABILITIES[probe]))
        .map(({ alias, modelId }) => ({
          alias,
          probe,
          reason: `the catalog does not say that ${modelId} supports ${ABILITIES[probe]}`,
        })),
    );
}
