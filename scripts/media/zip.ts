import { crc32 } from './crc32';
import { littleEndian } from './little-endian';

/** The first day that a ZIP can name: 1980-01-01. */
const DATE = 0x21;

/** A ZIP archive of members that are stored, so that no version of zlib changes a byte. */
export function zip(members: Readonly<Record<string, string>>): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let start = 0;
  for (const [path, text] of Object.entries(members)) {
    const [name, content] = [Buffer.from(path), Buffer.from(text)];
    const described = Buffer.concat([
      ...[20, 0, 0, 0, DATE].map((field) => littleEndian(field, 2)),
      ...[crc32(content), content.length, content.length].map((field) => littleEndian(field, 4)),
      ...[name.length, 0].map((field) => littleEndian(field, 2)),
    ]);
    local.push(Buffer.from('PK\x03\x04', 'latin1'), described, name, content);
    central.push(
      Buffer.from('PK\x01\x02', 'latin1'),
      littleEndian(20, 2),
      described,
      Buffer.alloc(10),
      littleEndian(start, 4),
      name,
    );
    start += 4 + described.length + name.length + content.length;
  }
  const directory = Buffer.concat(central);
  const count = littleEndian(Object.keys(members).length, 2);
  return Buffer.concat([
    ...local,
    directory,
    Buffer.from('PK\x05\x06', 'latin1'),
    Buffer.alloc(4),
    count,
    count,
    littleEndian(directory.length, 4),
    littleEndian(start, 4),
    Buffer.alloc(2),
  ]);
}
