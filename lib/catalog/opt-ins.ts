/** What an account needs before a model answers, besides the right to call it. */
export type OptIn =
  /** The model is offered to some customers alone. */
  | { readonly kind: 'eligible customers' }
  /** The account must keep prompts in one of these modes, the one that shares least first. */
  | { readonly kind: 'data retention'; readonly modes: readonly [string, ...string[]] };

/**
 * Opt-ins by model. No API lists them.
 *
 * Sources, read 2026-12-01: Bedrock User Guide, model card "GLM 5.3" ("limited to eligible customers") and "Data
 * retention"; public threads about Fable 5 (anthropics/claude-code 66594, pydantic/pydantic-ai 8341 and others) and a
 * public trial of Fable 5.1 in us-east-1 on 2026-09-02, which was refused in the mode `default`.
 */
const OPT_INS: Readonly<Record<string, OptIn>> = {
  'anthropic.claude-fable-5': { kind: 'data retention', modes: ['provider_data_share'] },
  'anthropic.claude-fable-5-1': { kind: 'data retention', modes: ['aws_review', 'provider_data_share'] },
  'zai.glm-5.3': { kind: 'eligible customers' },
};

/** Returns the opt-in that a model of the catalog needs, or `undefined` if none is known. */
export function optInOf(modelId: string): OptIn | undefined {
  return OPT_INS[modelId];
}
