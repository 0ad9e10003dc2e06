import type { FoundationModel } from '../../catalog/foundation-model';
import type { JsonField } from '../json-field';
import { type Message, readMessages } from './read-messages';
import { readTools, type ToolConfig } from './read-tools';

/** A checked request of Converse or ConverseStream. */
export interface ConverseRequest {
  readonly messages: readonly Message[];
  readonly system: readonly string[];
  readonly tools: ToolConfig | undefined;
  readonly maxTokens: number | undefined;
  readonly stopSequences: readonly string[];
}

const MOST_STOP_SEQUENCES = 2500;

function readSystem(field: JsonField): readonly string[] {
  return field.list().flatMap((block) => {
    if (block.at('cachePoint').present) {
      return [];
    }
    const guarded = block.at('guardContent');
    return [(guarded.present ? guarded.at('text').at('text') : block.at('text')).text()];
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

/** Reads and checks a request as strictly as Bedrock documents it (API reference, `Converse`). */
export function readConverse(body: JsonField, model: FoundationModel): ConverseRequest {
  if (model.kind !== 'chat') {
    throw body.at('modelId').invalid(`names ${model.modelId}, which does not support Converse: call InvokeModel`);
  }
  const inference = body.at('inferenceConfig');
  inference.at('temperature').number(0, 1);
  inference.at('topP').number(0, 1);
  const stops = inference.at('stopSequences');
  const stopSequences = stops.list().map((stop) => stop.text());
  if (stopSequences.length > MOST_STOP_SEQUENCES || stopSequences.includes('')) {
    throw stops.invalid(`must hold at most ${MOST_STOP_SEQUENCES} texts, none of them empty`);
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
  return { messages, system: readSystem(body.at('system')), tools, maxTokens, stopSequences };
}
