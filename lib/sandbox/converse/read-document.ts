import type { JsonField } from '../json-field';
import { DOCUMENT_FORMATS, type DocumentContent } from './content';
import { matchesFormat } from './matches-format';

const MAX_BYTES = 4_718_592;

function fileBytes(field: JsonField, format: DocumentContent['format']): Buffer {
  const bytes = field.bytes();
  if (!matchesFormat(bytes, format)) {
    throw field.invalid(`must be a document of the format ${format}`);
  }
  return bytes;
}

/** Returns the content of the source: `bytes` in the claimed format, `text`, or `content`, which is a list of texts. */
function sourceBytes(source: JsonField, format: DocumentContent['format']): Buffer {
  const [kind, ...otherKinds] = source.keys();
  if (otherKinds.length > 0) {
    throw source.invalid('must set one of bytes, text, content');
  }
  switch (kind) {
    case 'bytes':
      return fileBytes(source.at('bytes'), format);
    case 'text':
      return Buffer.from(source.at('text').text());
    case 'content':
      return Buffer.concat(
        source
          .at('content')
          .list()
          .map((block) => Buffer.from(block.at('text').text())),
      );
    default:
      throw source.invalid('must set bytes, text or content; the sandbox does not read from S3');
  }
}

/** Reads and validates a document block (Bedrock API reference, `DocumentBlock`). */
export function readDocument(field: JsonField): DocumentContent {
  const format = field.at('format').present ? field.at('format').oneOf(DOCUMENT_FORMATS) : 'txt';
  const name = field.at('name');
  if (!/^[A-Za-z0-9 ()[\]-]{1,200}$/.test(name.text()) || name.text().includes('  ')) {
    throw name.invalid(
      'must be 1 to 200 letters, digits, single spaces, hyphens, parentheses and square brackets, such as: report (2026)',
    );
  }
  const bytes = sourceBytes(field.at('source'), format);
  if (bytes.length < 1 || bytes.length > MAX_BYTES) {
    throw field.at('source').invalid('must hold 1 byte to 4.5 MB');
  }
  return { kind: 'document', format, bytes: bytes.length, filledBytes: bytes.filter((byte) => byte !== 0).length };
}
