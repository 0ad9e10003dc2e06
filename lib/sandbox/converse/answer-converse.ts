import type { FoundationModel } from '../../catalog/foundation-model';
import type { JsonField } from '../json-field';
import type { World } from '../operation';
import { cachedPrefixes } from './cached-prefixes';
import { readConverse } from './read-converse';
import { type ScriptedAnswer, scriptedAnswer } from './scripted-answer';

/** Where the catalog knows no least length: that of most models that cache (Bedrock User Guide, "Prompt caching"). */
const USUAL_LEAST_TOKENS = 1024;

/** The answer to a request of Converse or ConverseStream: reads it, then what its prefix finds in the cache. */
export function answerConverse(body: JsonField, model: FoundationModel, world: World): ScriptedAnswer {
  const request = readConverse(body, model);
  const prefixes = cachedPrefixes(body, request);
  if (prefixes.length === 0) {
    return scriptedAnswer(model.modelId, request);
  }
  const { account, promptCache, now } = world;
  const owner = `${account.accountId} ${account.region} ${model.modelId}`;
  const cache = promptCache.use(owner, prefixes, model.promptCacheMinTokens ?? USUAL_LEAST_TOKENS, now);
  return scriptedAnswer(model.modelId, request, cache);
}
