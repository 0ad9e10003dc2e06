import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileError } from '../../lib/files/file-error';
import { JsonError, parseJson } from '../../lib/files/parse-json';
import { readFile } from '../../lib/files/read-file';
import { readJson } from '../../lib/files/read-json';
import { writeWhole } from '../../lib/files/write-whole';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
const at = (name: string): string => join(folder, name);
const socket = createServer();

beforeAll(async () => {
  writeFileSync(at('plain'), '{"a":1}');
  writeFileSync(at('latin'), Buffer.from([0x22, 0xe4, 0x22]));
  writeFileSync(at('sparse'), '');
  truncateSync(at('sparse'), 2 ** 40);
  mkdirSync(at('folder'));
  symlinkSync(at('plain'), at('link'));
  symlinkSync(at('missing'), at('dangling'));
  symlinkSync(at('loop-b'), at('loop-a'));
  symlinkSync(at('loop-a'), at('loop-b'));
  execFileSync('mkfifo', [at('fifo')]);
  await new Promise<void>((resolve) => socket.listen(at('socket'), resolve));
});

afterAll(() => {
  socket.close();
  rmSync(folder, { recursive: true });
});

test.each<readonly [name: string, message: string]>([
  ['fifo', 'is a FIFO; only a regular file is read'],
  ['socket', 'is a socket; only a regular file is read'],
  ['folder', 'is a folder; only a regular file is read'],
  ['/dev/zero', 'is a device; only a regular file is read'],
  ['/dev/tty', 'is a device; only a regular file is read'],
  ['loop-a', 'is part of a loop of symbolic links'],
  ['sparse', 'has 1099511627776 bytes; at most 100 are read'],
  // A file of the size 0 that has content.
  ...(existsSync('/proc/self/status')
    ? [['/proc/self/status', 'has more than 100 bytes, which is the most that is read'] as const]
    : []),
  ['missing', 'cannot be read (ENOENT)'],
  ['dangling', 'cannot be read (ENOENT)'],
  ['plain/below', 'cannot be read (ENOTDIR)'],
])('%s is not read: it %s', (name, message) => {
  const path = name.startsWith('/') ? name : at(name);
  expect(() => readFile(path, { maxBytes: 100 })).toThrow(new FileError('', message));
});

test('a link is followed, unless its reader refuses links', () => {
  expect(readFile(at('link'), { maxBytes: 100 }).toString()).toBe('{"a":1}');
  expect(() => readFile(at('link'), { maxBytes: 100, refuseLinks: true })).toThrow('is a symbolic link');
  expect(() => readFile(at('loop-a'), { maxBytes: 100, refuseLinks: true })).toThrow('is a symbolic link');
  expect(readJson(at('plain'), { maxBytes: 100, refuseLinks: true })).toEqual({ a: 1 });
});

test('a file that is not UTF-8 text is no JSON file', () => {
  expect(() => readJson(at('latin'), { maxBytes: 100 })).toThrow('is not UTF-8 text');
});

const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

test.each([
  ['a key twice', '{"a":1,"a":1}', 'has the key a twice (the second at line 1, column 8); remove one of them'],
  ['a key twice, once escaped', '{"a":1,\n "\\u0061":2}', 'has the key a twice (the second at line 2, column 2)'],
  ['a key twice further inside', '{"S":[{},{"b":{"c":0,"d":[1,2],"c":""}}]}', 'has the key S.1.b.c twice'],
  ['__proto__ twice', '{"__proto__":1,"__proto__":1}', 'has the key __proto__ twice'],
  ['an empty key twice', '{"x":{"":1,"":1}}', 'has the key x. twice'],
  ['101 levels', nested(101), 'is nested more than 100 levels deep at line 1, column 101'],
  ['50,000 levels', nested(50_000), 'is nested more than 100 levels deep'],
  [
    '50,000 levels of objects',
    `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`,
    'is nested more than 100 levels deep',
  ],
  ['50,000 levels that are left open', '['.repeat(50_000), 'is nested more than 100 levels deep'],
  ['more than a million values', `[${'0,'.repeat(1_000_000)}0]`, 'has more than 1000000 values'],
  ['a secret', 'root:x:0:0', /^is not JSON$/],
  ['nothing', '', 'is not JSON'],
  ['half a string', '"\\', 'is not JSON'],
  ['half an object', '{"a":1,"a', 'is not JSON'],
  ['a lone closing bracket', ']', 'is not JSON'],
  ['a key with a broken escape', '{"\\x":1,"\\x":1}', 'is not JSON'],
])('%s is refused', (_, text, message) => {
  expect(() => parseJson(text)).toThrow(JsonError);
  expect(() => parseJson(text)).toThrow(message);
});

test.each([
  nested(100),
  '{"a":{"a":[{"a":1},{"a":1}]},"b":"a\\"","a\\\\":1,"A":"{\\"a\\":1,\\"a\\":1}"}',
  '"[[[[{{{{,,,,"',
  ' [1 , "a" , {} , "a"] ',
  `["${'x'.repeat(1_000_000)}"]`,
])('%.60s is read as JSON.parse reads it', (text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

test('the last of equal keys counts where a reader allows them', () => {
  expect(parseJson('{"a":1,"a":2}', { allowDuplicateKeys: true })).toEqual({ a: 2 });
});

test('a file is written whole, in place of a link and not through it', () => {
  symlinkSync(at('plain'), at('out.json'));
  writeWhole(at('out.json'), 'new');
  expect([readFileSync(at('out.json'), 'utf8'), readFileSync(at('plain'), 'utf8')]).toEqual(['new', '{"a":1}']);
  expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test('a link that waits at the temporary name is not followed', () => {
  const crypto = jest.requireActual<typeof import('node:crypto')>('node:crypto');
  const guessed = jest.spyOn(crypto, 'randomUUID').mockReturnValue('0-0-0-0-0');
  symlinkSync(at('plain'), at('kept.json.0-0-0-0-0.new'));
  expect(() => writeWhole(at('kept.json'), 'new')).toThrow('EEXIST');
  expect(guessed).toHaveBeenCalled();
  expect(readFileSync(at('plain'), 'utf8')).toBe('{"a":1}');
});
