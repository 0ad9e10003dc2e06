import { askCached } from './ask-cached';
import { askMedia } from './ask-media';
import { askTools } from './ask-tools';
import type { Exchange, Reply } from './call';
import type { Ask } from './converse';
import { ASKED, type Said, userMessage } from './converse-request';

const SYSTEM: Said = { system: [{ text: 'You answer with one word.' }] };

const TURNS: Said = {
  messages: [userMessage(ASKED), { role: 'assistant', content: [{ text: 'ok' }] }, userMessage({ text: 'Again.' })],
};

/** Of the fields of a request that a parameter holds, those of sampling: what else it holds changes nothing. */
function saidWith({ inferenceConfig, additionalModelRequestFields }: Said): Said {
  return {
    ...(inferenceConfig !== undefined && { inferenceConfig }),
    ...(additionalModelRequestFields !== undefined && { additionalModelRequestFields }),
  };
}

/** Has one exchange with a model: of one request, or of a few. */
export async function converseExchange(ask: Ask, exchange: Exchange | undefined): Promise<Reply> {
  switch (exchange?.kind) {
    case undefined:
      return (await ask()).reply;
    case 'system':
      return (await ask(SYSTEM)).reply;
    case 'turns':
      return (await ask(TURNS)).reply;
    case 'sampling':
      return (await ask(saidWith(exchange.fields))).reply;
    case 'image':
    case 'document':
      return askMedia(ask, exchange.kind);
    case 'tools':
      return askTools(ask, exchange.forced);
    case 'cache':
      return askCached(ask, exchange.tokens);
  }
}
