import type { FoundationModel } from '../../catalog/foundation-model';
import type { JsonField } from '../json-field';
import { checkAbilities } from './check-abilities';
import { checkSampling } from './check-sampling';
import type { Content } from './content';
import type { ConverseRequest } from './converse-request';
import { promptBlocks } from './prompt-blocks';
import { readCachePoint } from './read-cache-point';
import { readMessages } from './read-messages';
import { readTools } from './read-tools';

const MAX_STOP_SEQUENCES = 2500;
const MAX_CACHE_POINTS = 4;

function readSystem(field: JsonField): readonly Content[] {
  return field.list().map((block) => {
    if (block.at('cachePoint').present) {
      return readCachePoint(block);
    }
    const guarded = block.at('guardContent');
    return { kind: 'text', text: (guarded.present ? guarded.at('text').at('text') : block.at('text')).text() };
  });
}

function readMaxTokens(field: JsonField, model: FoundationModel): number | undefined {
  const maxTokens = field.integer(1, Number.MAX_SAFE_INTEGER);
  const limit = model.maxOutputTokens ?? Number.MAX_SAFE_INTEGER;
  if (maxTokens !== undefined && maxTokens > limit) {
    throw field.invalid(`exceeds the model limit of ${limit}`);
  }
  return maxTokens;
}

/** Reads and validates a request as strictly as Bedrock documents (API reference, `Converse`). */
export function readConverse(body: JsonField, model: FoundationModel): ConverseRequest {
  if (model.kind !== 'chat') {
    throw body.at('modelId').invalid(`names ${model.modelId}, which does not support Converse: call InvokeModel`);
  }
  const inference = body.at('inferenceConfig');
  inference.at('temperature').number(0, 1);
  inference.at('topP').number(0, 1);
  const stops = inference.at('stopSequences');
  const stopSequences = stops.list().map((stop) => stop.text());
  if (stopSequences.length > MAX_STOP_SEQUENCES || stopSequences.includes('')) {
    throw stops.invalid(`must hold at most ${MAX_STOP_SEQUENCES} texts, none of them empty`);
  }
  const maxTokens = readMaxTokens(inference.at('maxTokens'), model);
  const messages = readMessages(body.at('messages'));
  const tools = readTools(body.at('toolConfig'));
  const useTools = messages.some(({ content }) =>
    content.some(({ kind }) => kind === 'toolUse' || kind === 'toolResult'),
  );
  if (useTools && tools === undefined) {
    throw body.at('toolConfig').invalid('must be defined when using toolUse and toolResult content blocks.');
  }
  const request = { messages, system: readSystem(body.at('system')), tools, maxTokens, stopSequences };
  const points = promptBlocks(request).filter(({ kind }) => kind === 'marker').length;
  if (points > MAX_CACHE_POINTS) {
    throw body.invalid(`may hold at most ${MAX_CACHE_POINTS} cache points, got ${points}`);
  }
  checkAbilities(body, model, request);
  checkSampling(body, model);
  return request;
}
