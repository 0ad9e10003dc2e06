import type { AssemblyCopy } from './assembly-copy';
import { stackNames } from './json-kinds';
import type { Kind } from './mutant';

type Files = (assembly: AssemblyCopy) => readonly string[];

/** Every kind of JSON file of an assembly. */
const FILES: Readonly<Record<string, Files>> = {
  'a template': (assembly) => assembly.files('.template.json'),
  'a list of assets': (assembly) => assembly.files('.assets.json'),
  'the manifest of the stage': ({ stage }) => [`${stage}/manifest.json`],
  'the manifest of the assembly': () => ['manifest.json'],
};

const SAME = 'the text means the same JSON';

/** Changes of the text of a JSON file. */
const TEXTS: readonly (readonly [what: string, change: (text: string) => string | Buffer, harmless?: string])[] = [
  ['has a key twice', (text) => text.replace(/"version":|"Description":/, '$&"evil",$&')],
  [
    'has a key twice, once with an escape',
    (text) =>
      text.replace(
        /"(v)ersion":|"(D)escription":/,
        (key) => `"\\u00${key.charCodeAt(1).toString(16)}${key.slice(2)}"evil",${key}`,
      ),
  ],
  ['has a key twice deep inside', (text) => text.replace(/"(type|Type|path)": ?("[^"]*")/, '"$1":"evil","$1":$2')],
  ['has the key __proto__', (text) => text.replace('{', '{"__proto__":{"Evil":1},')],
  ['has the key constructor', (text) => text.replace('{', '{"constructor":{"prototype":{"Evil":1}},')],
  ['has the key toString', (text) => text.replace('{', '{"toString":"evil",')],
  ['has an empty key', (text) => text.replace('{', '{"":"evil",')],
  [
    'has a key of a letter that looks the same',
    (text) => text.replace(/"version":|"Description":/, '"versi\u043en":1,$&'),
  ],
  [
    'has a key that ends with nothing visible',
    (text) => text.replace(/"version":|"Description":/, '"version\u200b":1,$&'),
  ],
  ['has a key with a zero character', (text) => text.replace('{', '{"version\\u0000":1,')],
  ['begins with a byte order mark', (text) => `\ufeff${text}`, SAME],
  ['is UTF-16', (text) => Buffer.from(text, 'utf16le')],
  [
    'has bytes that are no UTF-8',
    (text) => Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from(`",${text.slice(1)}`)]),
  ],
  ['ends with a zero character', (text) => `${text}\0`],
  ['ends with more JSON', (text) => `${text}{"Evil":1}`],
  ['has a comment', (text) => `// evil\n${text}`],
  ['has a comma too much', (text) => text.replace(/\}\s*$/, ',}')],
  ['is cut off', (text) => text.slice(0, text.length / 2)],
  ['is YAML', () => 'Resources: {}\nversion: "55.0.0"\n'],
  ['is a list', (text) => `[${text}]`],
  ['is null', () => 'null'],
  ['has a number that is too large', (text) => text.replace('{', '{"Evil":1e999,')],
  ['has a thousand levels', (text) => text.replace('{', `{"Evil":${'['.repeat(1000)}${']'.repeat(1000)},`)],
  ['is larger than what is read', (text) => text.replace('{', `{"Evil":"${'x'.repeat(9 * 1024 * 1024)}",`)],
  ['is written without spaces', (text) => JSON.stringify(JSON.parse(text)), SAME],
  ['has other spaces', (text) => JSON.stringify(JSON.parse(text), undefined, '\t').replaceAll('\n', '\r\n'), SAME],
  ['has its keys in another order', (text) => JSON.stringify(reversed(JSON.parse(text))), SAME],
  [
    'has keys with escapes',
    (text) =>
      text.replaceAll(
        /"(v)ersion":|"(D)escription":/g,
        (key) => `"\\u00${key.charCodeAt(1).toString(16)}${key.slice(2)}`,
      ),
    SAME,
  ],
  ['has slashes with escapes', (text) => text.replaceAll('/', '\\/'), SAME],
  ['ends with spaces', (text) => `${text}\n\n  `, SAME],
];

function reversed(value: unknown): unknown {
  return typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, item]) => [key, reversed(item)]),
      );
}

export const TEXT_KINDS: readonly Kind[] = Object.entries(FILES).flatMap(([name, files]) =>
  TEXTS.map(([what, change, harmless]) => ({
    what: `${name} ${what}`,
    ...(harmless !== undefined && { harmless }),
    mutants: (assembly: AssemblyCopy) =>
      files(assembly).flatMap((file) => {
        const text = assembly.text(file);
        const changed = change(text);
        return changed === text
          ? []
          : [
              {
                where: file,
                named: [file, ...stackNames(assembly, file)],
                apply: (copy: AssemblyCopy) => copy.write(file, changed),
              },
            ];
      }),
  })),
);
