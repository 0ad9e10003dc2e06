import { compoundFile } from './compound-file';
import { littleEndian } from './little-endian';

function words(...fields: readonly number[]): Buffer {
  return Buffer.concat(fields.map((field) => littleEndian(field, 2)));
}

function longs(...fields: readonly number[]): Buffer {
  return Buffer.concat(fields.map((field) => littleEndian(field, 4)));
}

/** One record: its number, its length, its content. */
function record(number: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([words(number, body.length), body]);
}

/** BIFF8, of what: a workbook's globals or a worksheet. */
const begin = (what: 0x0005 | 0x0010): Buffer => record(0x0809, words(0x0600, what, 0x0dbb, 0x07cc), longs(0, 6));
const END = record(0x000a);

const font = record(
  0x0031,
  words(200, 0, 0x7fff, 400, 0),
  Buffer.from([0, 0, 0, 0, 5, 0]),
  Buffer.from('Arial', 'latin1'),
);

/** The formatting of a cell, or of a style when `style` is set: none. */
const format = (style: boolean): Buffer =>
  record(0x00e0, words(0, 0, style ? 0xfff5 : 0x0001, 0x0020, 0), Buffer.alloc(8), words(0x20c0));

/** An Excel 97 workbook ([MS-XLS]) of one sheet with one cell. */
export function workbook(line: string): Buffer {
  const before = Buffer.concat([
    begin(0x0005),
    record(0x0042, words(0x04b0)),
    record(0x003d, words(0, 0, 0x4000, 0x2000, 0x0038, 0, 0, 1, 0x0258)),
    ...Array<Buffer>(4).fill(font),
    ...Array<Buffer>(15).fill(format(true)),
    format(false),
    record(0x0293, words(0x8000), Buffer.from([0, 0xff])),
  ]);
  const sheetName = Buffer.from('Sheet1', 'latin1');
  const described = (start: number): Buffer =>
    record(0x0085, longs(start), words(0), Buffer.from([sheetName.length, 0]), sheetName);
  const texts = record(0x00fc, longs(1, 1), words(line.length), Buffer.from([0]), Buffer.from(line, 'latin1'));
  const after = Buffer.concat([texts, END]);
  const sheet = Buffer.concat([
    begin(0x0010),
    record(0x0200, longs(0, 1), words(0, 1, 0)),
    record(0x00fd, words(0, 0, 15), longs(0)),
    record(0x023e, words(0x06b6, 0, 0, 0x0040, 0, 0, 0, 0, 0)),
    END,
  ]);
  const start = before.length + described(0).length + after.length;
  const content = Buffer.concat([before, described(start), after, sheet]);
  return compoundFile('2008020000000000c000000000000046', [{ name: 'Workbook', content }]);
}
