import type { DocumentContent } from './content';

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/** True for a ZIP archive whose central directory names the member. */
function isArchiveWith(bytes: Buffer, member: string): boolean {
  const directory = bytes.indexOf('PK\x01\x02', 0, 'latin1');
  return bytes.indexOf(ZIP) === 0 && directory !== -1 && bytes.includes(member, directory, 'latin1');
}

/** True for an OLE2 compound file that has a stream with one of these names. */
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

/** True when a file has the format that its document block claims. Only the outermost structure of the file is read. */
export function matchesFormat(bytes: Buffer, format: DocumentContent['format']): boolean {
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
