import { gif } from './gif';
import { jpeg } from './jpeg';
import { docx, xlsx } from './office-open';
import { pdf } from './pdf';
import { png } from './png';
import { webp } from './webp';
import { wordDocument } from './word-document';
import { workbook } from './workbook';

/** In pixels: some models refuse what is smaller than a patch of theirs, 28 pixels or less. */
const SIDE = 64;

/** What every document says. */
export const LINE = 'The word is ok.';

/** One small file of each format that Converse takes; the same bytes each time. */
export const MEDIA_FILES: Readonly<Record<string, Buffer>> = {
  png: png(SIDE),
  jpeg: jpeg(SIDE),
  gif: gif(SIDE),
  webp: webp(SIDE),
  pdf: pdf(LINE),
  csv: Buffer.from(`text\n${LINE}\n`),
  doc: wordDocument(LINE),
  docx: docx(LINE),
  xls: workbook(LINE),
  xlsx: xlsx(LINE),
  html: Buffer.from(
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>ok</title></head><body><p>${LINE}</p></body></html>\n`,
  ),
  txt: Buffer.from(`${LINE}\n`),
  md: Buffer.from(`# ok\n\n${LINE}\n`),
};
