import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../lib/config/config-error';
import type { LocatedProblem } from '../../lib/config/problem';
import { readEnvironment } from '../../lib/config/read-environment';
import { PROJECT } from '../project';
import { TODAY } from './problem-text';

const SEED = 20261121;

/**
 * Returns a generator of pseudo-random numbers from 0 to below 1 (mulberry32). The same seed gives the same mutants.
 */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Texts that break parsers: YAML's own signs, values of other types, look-alikes, and names that JavaScript uses. */
const HOSTILE = [
  ': ',
  '- ',
  '? ',
  '# ',
  '---\n',
  '...\n',
  '\n',
  '\t',
  '\r',
  ' ',
  '  ',
  '{',
  '}',
  '[',
  ']',
  ',',
  '"',
  "'",
  '|\n',
  '>-\n',
  '&a ',
  '*a',
  '!!str ',
  '%YAML 1.1\n',
  '<<: ',
  '@',
  '`',
  '\\',
  '\0',
  '\x1b[31m',
  '\u202e',
  '\u00a0',
  '\ufeff',
  '\ud83d\ude00',
  'null',
  '~',
  'true',
  'yes',
  '0',
  '-1',
  '1e999',
  '.nan',
  '0x10',
  '012',
  '""',
  '{}',
  '[]',
  '*',
  'DRAFT',
  '__proto__: 1\n',
  'constructor',
  'toString: x\n',
  'us',
  'eu',
  'regional',
  'us-gov-west-1',
  '\u043erouting',
  'x'.repeat(70),
];

const original = readFileSync(join(PROJECT, 'environments', 'dev.yaml'));

function bytesMutant(random: () => number): Uint8Array {
  const bytes = [...original];
  const at = () => Math.floor(random() * bytes.length);
  for (let n = 1 + Math.floor(random() * 3); n > 0; n -= 1) {
    const [i, length] = [at(), 1 + Math.floor(random() * 20)];
    switch (Math.floor(random() * 5)) {
      case 0:
        bytes[i] = Math.floor(random() * 256);
        break;
      case 1:
        bytes.splice(i, length);
        break;
      case 2:
        bytes.splice(at(), 0, ...bytes.slice(i, i + length));
        break;
      case 3:
        bytes.splice(i, 1, (bytes[i] ?? 0) ^ (1 << Math.floor(random() * 8)));
        break;
      default:
        bytes.length = Math.max(1, i);
    }
  }
  return Uint8Array.from(bytes);
}

function tokensMutant(random: () => number): Uint8Array {
  const tokens = original.toString('utf8').match(/[\w.@-]+|\n *|./gsu) ?? [];
  const at = () => Math.floor(random() * tokens.length);
  for (let n = 1 + Math.floor(random() * 3); n > 0; n -= 1) {
    const i = at();
    const hostile = HOSTILE[Math.floor(random() * HOSTILE.length)] ?? '';
    switch (Math.floor(random() * 5)) {
      case 0:
        tokens.splice(i, 1);
        break;
      case 1:
        tokens.splice(i, 1, hostile);
        break;
      case 2:
        tokens.splice(i, 0, hostile);
        break;
      case 3:
        tokens.splice(i, 1, tokens[at()] ?? '');
        break;
      default:
        tokens.splice(at(), 0, ...tokens.slice(i, i + 12));
    }
  }
  return Buffer.from(tokens.join(''));
}

/** Lists the faults of a problem itself, such as a position that is not in the file or an empty message. */
function faults({ line, column, length, source, message }: LocatedProblem, bytes: Uint8Array): readonly string[] {
  const text = new TextDecoder().decode(bytes).split('\n')[line - 1]?.replace(/\r$/, '');
  return [
    ...(Number.isInteger(line) && line >= 1 ? [] : [`line ${line}`]),
    ...(Number.isInteger(column) && column >= 1 && column <= source.length + 1 ? [] : [`column ${column}`]),
    ...(Number.isInteger(length) && length >= 1 ? [] : [`length ${length}`]),
    ...(source === text ? [] : [`source ${JSON.stringify(source)} for ${JSON.stringify(text)}`]),
    ...(message.trim() !== '' && !/undefined|\[object|\n/.test(message) ? [] : [`message ${JSON.stringify(message)}`]),
  ];
}

/** Tests that so many mutants of an environment file are read or refused cleanly. They are the same in every run. */
export function testMutants(mutants: number): void {
  test(`${mutants} mutants of dev.yaml give either an environment or problems with a position`, () => {
    const random = randomFrom(SEED);
    let accepted = 0;
    for (let i = 0; i < mutants; i += 1) {
      const bytes = i % 2 === 0 ? bytesMutant(random) : tokensMutant(random);
      const wrong: string[] = [];
      try {
        const { environment, warnings } = readEnvironment('environments/dev.yaml', bytes, TODAY);
        accepted += 1;
        wrong.push(
          ...(environment.name === 'dev' ? [] : ['another name']),
          ...warnings.flatMap((p) => faults(p, bytes)),
        );
      } catch (error) {
        const problems = error instanceof ConfigError ? error.problems : [];
        wrong.push(...(error instanceof ConfigError ? [] : [`${error instanceof Error ? error.stack : error}`]));
        wrong.push(...(problems.some((p) => p.severity === 'error') ? [] : ['no error among the problems']));
        wrong.push(...problems.flatMap((p) => faults(p, bytes)));
        const texts = problems.map((p) => `${p.line}:${p.column}: ${p.message}`);
        wrong.push(...texts.filter((text, at) => texts.indexOf(text) !== at).map((text) => `twice: ${text}`));
      }
      if (wrong.length > 0) {
        const mutant = Buffer.from(bytes).toString('base64');
        throw new Error(`mutant ${i} of seed ${SEED}: ${wrong.join('; ')}\nas base64: ${mutant}`);
      }
    }
    const share = accepted / mutants;
    expect({ seed: SEED, share, plausible: share > 0.01 && share < 0.8 }).toEqual({
      seed: SEED,
      share,
      plausible: true,
    });
  }, 60_000);
}
