import type { DocumentContent } from './content';

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** A ZIP archive that names the member in its directory at the end. */
function isArchiveWith(bytes: Buffer, member: string): boolean {
  const directory = bytes.indexOf('PK\x01\x02', 0, 'latin1');
  return bytes.indexOf(ZIP) === 0 && directory !== -1 && bytes.includes(member, directory, 'latin1');
}

/** An OLE2 compound file with a stream of one of these names. */
function isCompoundFileWith(bytes: Buffer, streams: readonly string[]): boolean {
  return bytes.indexOf(COMPOUND_FILE) === 0 && streams.some((name) => bytes.includes(`${name}\0`, 0, 'utf16le'));
}

function isText(bytes: Buffer): boolean {
  try {
    return !new TextDecoder('utf-8', { fatal: true }).decode(bytes).includes('\0');
  } catch {
    return false;
  }
}

/** Whether a file is of the format that a document block claims for it, as far as its outermost structure shows. */
export function isOfFormat(bytes: Buffer, format: DocumentContent['format']): boolean {
  switch (format) {
    case 'pdf':
      return bytes.indexOf('%PDF-') === 0;
    case 'docx':
      return isArchiveWith(bytes, 'word/document.xml');
    case 'xlsx':
      return isArchiveWith(bytes, 'xl/workbook.xml');
    case 'doc':
      return isCompoundFileWith(bytes, ['WordDocument']);
    case 'xls':
      return isCompoundFileWith(bytes, ['Workbook', 'Book']);
    case 'csv':
    case 'html':
    case 'txt':
    case 'md':
      return isText(bytes);
  }
}
