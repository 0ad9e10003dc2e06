import { ALLOWED_PROBES, type AllowedProbe } from '../../../lambda/aliases/alias';
import { findModel } from '../../catalog/catalog';
import type { Ability, FoundationModel } from '../../catalog/foundation-model';
import type { ApplicationConfig } from '../../config/environment-schema';
import type { GenerationPlan } from '../parts/generation-plan';

/** A probe that the environment file asks for and that does not run, with the reason. */
export interface SkippedProbe {
  readonly alias: string;
  readonly probe: string;
  readonly reason: string;
}

/** Probes that a file may ask for and that need more of a model than text. */
const ABILITIES = { tools: 'tools', image: 'images', document: 'documents' } as const;

type AbilityProbe = keyof typeof ABILITIES;

function modelOf({ modelId }: GenerationPlan): FoundationModel {
  const model = findModel(modelId);
  if (model === undefined) {
    throw new Error(`'${modelId}' is not in the catalog: an environment must be checked before it is planned`);
  }
  return model;
}

const has = (model: FoundationModel, ability: Ability): boolean => model.abilities?.includes(ability) === true;

/**
 * Probes that must be allowed for a generation: those the file asks for, or else all that the catalog says the model can
 * do.
 *
 * Text always runs, in each of its forms: a call that is allowed is what gives a denied one its meaning. Prompt caching
 * has no name in the file: it is tried where the file names no probes.
 */
export function allowedProbes(
  generation: GenerationPlan,
  verify: ApplicationConfig['verify'],
): readonly AllowedProbe[] {
  if (generation.kind === 'embedding') {
    return ['embed'];
  }
  const model = modelOf(generation);
  const asked = (probe: 'stream' | AbilityProbe): boolean => verify === undefined || verify.includes(probe);
  const able = (probe: AbilityProbe): boolean => asked(probe) && has(model, ABILITIES[probe]);
  const applies: Readonly<Record<AllowedProbe, boolean>> = {
    text: true,
    system: model.systemPrompt !== false,
    turns: true,
    sampling: Boolean(model.sampling),
    stream: asked('stream'),
    tools: able('tools'),
    image: able('image'),
    document: able('document'),
    cache: verify === undefined && has(model, 'promptCaching'),
    embed: false,
  };
  return ALLOWED_PROBES.filter((probe) => applies[probe]);
}

/** Probes that the file asks for and a model cannot do: an application may have models of several kinds. */
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
          reason: `the catalog does not know that ${modelId} takes ${ABILITIES[probe]}`,
        })),
    );
}
