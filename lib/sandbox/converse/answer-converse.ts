import type { FoundationModel } from '../../catalog/foundation-model';
import type { JsonField } from '../json-field';
import type { SandboxState } from '../operation';
import { cachedPrefixes } from './cached-prefixes';
import { readConverse } from './read-converse';
import { type ScriptedAnswer, scriptedAnswer } from './scripted-answer';

/**
 * Default for the catalog's `promptCacheMinTokens`: the minimum of most models (Bedrock User Guide, "Prompt caching").
 */
const DEFAULT_MIN_TOKENS = 1024;

/** Validates a request of Converse or ConverseStream, looks its prefixes up in the prompt cache, and answers it. */
export function answerConverse(body: JsonField, model: FoundationModel, state: SandboxState): ScriptedAnswer {
  const request = readConverse(body, model);
  const prefixes = cachedPrefixes(body, request);
  if (prefixes.length === 0) {
    return scriptedAnswer(model.modelId, request);
  }
  const { account, promptCache, now } = state;
  const owner = `${account.accountId} ${account.region} ${model.modelId}`;
  const cache = promptCache.use(owner, prefixes, model.promptCacheMinTokens ?? DEFAULT_MIN_TOKENS, now);
  return scriptedAnswer(model.modelId, request, cache);
}
