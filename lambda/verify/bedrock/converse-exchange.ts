import { askCached } from './ask-cached';
import { askMedia } from './ask-media';
import { askTools } from './ask-tools';
import type { Exchange, Reply } from './call';
import type { Ask } from './converse';
import { PROMPT, type RequestFields, userMessage } from './converse-request';

const SYSTEM: RequestFields = { system: [{ text: 'You answer with one word.' }] };

const TURNS: RequestFields = {
  messages: [userMessage(PROMPT), { role: 'assistant', content: [{ text: 'ok' }] }, userMessage({ text: 'Again.' })],
};

/** Selects the fields for sampling among the request fields of a parameter. Other fields have no effect. */
function samplingFields({ inferenceConfig, additionalModelRequestFields }: RequestFields): RequestFields {
  return {
    ...(inferenceConfig !== undefined && { inferenceConfig }),
    ...(additionalModelRequestFields !== undefined && { additionalModelRequestFields }),
  };
}

/** Carries out one exchange with a model, in one or several requests. */
export async function converseExchange(ask: Ask, exchange: Exchange | undefined): Promise<Reply> {
  switch (exchange?.kind) {
    case undefined:
      return (await ask()).reply;
    case 'system':
      return (await ask(SYSTEM)).reply;
    case 'turns':
      return (await ask(TURNS)).reply;
    case 'sampling':
      return (await ask(samplingFields(exchange.fields))).reply;
    case 'image':
    case 'document':
      return askMedia(ask, exchange.kind);
    case 'tools':
      return askTools(ask, exchange.forced);
    case 'cache':
      return askCached(ask, exchange.tokens);
  }
}
