import { compoundFile } from './compound-file';
import { littleEndian } from './little-endian';

/** Where the text begins: after the file information block, on a sector of its own. */
const TEXT = 1024;
const PAGE = 512;

/** Numbers of the pairs of offset and length in the file information block ([MS-DOC] 2.5.6). */
const PAIRS = {
  stylesheet: 1,
  sections: 6,
  characterPages: 12,
  paragraphPages: 13,
  fonts: 15,
  document: 31,
  pieces: 33,
};

function words(...fields: readonly number[]): Buffer {
  return Buffer.concat(fields.map((field) => littleEndian(field, 2)));
}

function longs(...fields: readonly number[]): Buffer {
  return Buffer.concat(fields.map((field) => littleEndian(field, 4)));
}

/** A name with its length before it and a 0 after it, in UTF-16. */
function named(name: string): Buffer {
  return Buffer.concat([words(name.length), Buffer.from(`${name}\0`, 'utf16le')]);
}

/** A page of formatting for the whole text, which has none beside its style. */
function formattingPage(from: number, to: number, papx: boolean): Buffer {
  const page = Buffer.alloc(PAGE);
  longs(from, to).copy(page);
  page[PAGE - 1] = 1;
  if (papx) {
    // One paragraph: where its properties are, in words; they name style 0 and nothing else.
    page[8] = 0xfc;
    words(0x0100, 0).copy(page, 0x1f8);
  }
  return page;
}

/** The style Normal alone ([MS-DOC] 2.9.271). */
function stylesheet(): Buffer {
  const base = 10;
  const name = named('Normal');
  // A paragraph style, based on none, followed by itself, with two empty lists of properties.
  const style = Buffer.concat([words(0, 0xfff1, 2, 0, 0), name, words(2, 0, 0)]);
  return Buffer.concat([words(18), words(1, base, 1, 0, 0, 0, 0, 0, 0), words(style.length), style]);
}

/** Times New Roman alone ([MS-DOC] 2.9.76). */
function fonts(): Buffer {
  const name = Buffer.from('Times New Roman\0', 'utf16le');
  const described = Buffer.concat([Buffer.from([0x16]), words(400), Buffer.from([0, 0]), Buffer.alloc(34), name]);
  return Buffer.concat([words(1, 0), Buffer.from([described.length]), described]);
}

/** A Word 97 document ([MS-DOC]) of one paragraph. */
export function wordDocument(line: string): Buffer {
  const text = Buffer.from(`${line}\r`, 'latin1');
  const end = TEXT + text.length;
  const firstPage = Math.ceil(end / PAGE);
  const parts: Readonly<Record<keyof typeof PAIRS, Buffer>> = {
    stylesheet: stylesheet(),
    // One section, with the properties that sections have by default.
    sections: Buffer.concat([longs(0, text.length), words(0), longs(0xffffffff), words(0), longs(0)]),
    characterPages: longs(TEXT, end, firstPage),
    paragraphPages: longs(TEXT, end, firstPage + 1),
    fonts: fonts(),
    document: Buffer.alloc(500),
    // One piece of text, of one byte a character: such an offset counts double.
    pieces: Buffer.concat([
      Buffer.from([2]),
      longs(16),
      longs(0, text.length),
      words(0),
      longs(0x40000000 + TEXT * 2),
      words(0),
    ]),
  };
  const names = Object.keys(PAIRS) as (keyof typeof PAIRS)[];
  const pairs = Buffer.alloc(93 * 8);
  let offset = 0;
  for (const name of names) {
    longs(offset, parts[name].length).copy(pairs, PAIRS[name] * 8);
    offset += parts[name].length;
  }
  const counts = Buffer.alloc(22 * 4);
  longs(end).copy(counts, 0);
  longs(text.length).copy(counts, 12);
  const information = Buffer.concat([
    // Word 97, English, with the tables in the stream 1Table, and characters beyond one byte allowed.
    words(0xa5ec, 0x00c1, 0, 0x0409, 0, 0x1200, 0x00bf),
    Buffer.alloc(10),
    longs(TEXT, end),
    words(14),
    Buffer.alloc(28),
    words(22),
    counts,
    words(93),
    pairs,
    words(0),
  ]);
  const gap = (from: number, to: number): Buffer => Buffer.alloc(to - from);
  return compoundFile('0609020000000000c000000000000046', [
    { name: '1Table', content: Buffer.concat(names.map((name) => parts[name])) },
    {
      name: 'WordDocument',
      content: Buffer.concat([
        information,
        gap(information.length, TEXT),
        text,
        gap(end, firstPage * PAGE),
        formattingPage(TEXT, end, false),
        formattingPage(TEXT, end, true),
      ]),
    },
  ]);
}
