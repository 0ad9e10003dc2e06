import type { JsonField } from '../json-field';
import type { Content } from './content';
import { readCachePoint } from './read-cache-point';
import { readDocument } from './read-document';
import { readImage } from './read-image';

/** Returns the kind of content in a block, which is the only property that is set. */
function contentKind(block: JsonField): string {
  const [kind, ...otherKinds] = block.keys();
  if (kind === undefined || otherKinds.length > 0) {
    throw block.invalid('must set exactly one kind of content');
  }
  return kind;
}

function readText(field: JsonField): Content {
  const text = field.text();
  if (text.trim() === '') {
    throw field.invalid('is blank. Add text to the text field, and try again.');
  }
  return { kind: 'text', text };
}

function toolUseId(field: JsonField): string {
  const id = field.text();
  if (!/^[a-zA-Z0-9_-]{1,64}$/.test(id)) {
    throw field.invalid('must be 1 to 64 letters, digits, _ and -');
  }
  return id;
}

function readToolResultContent(block: JsonField): Content {
  const kind = contentKind(block);
  const field = block.at(kind);
  switch (kind) {
    case 'text':
      return { kind: 'text', text: field.text() };
    case 'json':
      return { kind: 'text', text: JSON.stringify(field.value) };
    case 'image':
      return readImage(field);
    case 'document':
      return readDocument(field);
    default:
      throw field.invalid('is not supported by the sandbox; it supports text, json, image, document');
  }
}

function readToolResult(field: JsonField): Content {
  if (field.at('status').present) {
    field.at('status').oneOf(['success', 'error']);
  }
  return {
    kind: 'toolResult',
    id: toolUseId(field.at('toolUseId')),
    content: field.at('content').list().map(readToolResultContent),
  };
}

/** Reads one content block. A kind that the sandbox does not support is refused, so that no answer ignores content. */
export function readContent(block: JsonField, role: 'user' | 'assistant'): Content {
  const kind = contentKind(block);
  const field = block.at(kind);
  if (role === 'assistant' && ['image', 'document', 'toolResult'].includes(kind)) {
    throw field.invalid('may be in messages of the role user only');
  }
  if (role === 'user' && ['toolUse', 'reasoningContent'].includes(kind)) {
    throw field.invalid('may be in messages of the role assistant only');
  }
  switch (kind) {
    case 'text':
      return readText(field);
    case 'guardContent':
      return readText(field.at('text').at('text'));
    case 'image':
      return readImage(field);
    case 'document':
      return readDocument(field);
    case 'toolUse': {
      const text = `${field.at('name').text()}${JSON.stringify(field.at('input').value ?? {})}`;
      return { kind: 'toolUse', id: toolUseId(field.at('toolUseId')), text };
    }
    case 'toolResult':
      return readToolResult(field);
    case 'reasoningContent':
      return { kind: 'text', text: JSON.stringify(field.object()) };
    case 'cachePoint':
      return readCachePoint(block);
    default:
      throw field.invalid(
        'is not supported by the sandbox; it supports text, image, document, toolUse, toolResult, cachePoint',
      );
  }
}
