import { createHash, randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** A bundle, and what decided its bytes. */
interface KeptBundle {
  /** Files that went in, relative to the folder of the function. */
  readonly inputs: readonly string[];
  /** Digest of those files and of everything else that decides the bytes. */
  readonly digest: string;
  readonly code: string;
}

/** File systems may stamp a change up to this many milliseconds too early. */
const CLOCK_STEP = 1000;

/**
 * The code of the function whose sources are in `folder`. It is built once, and kept below `node_modules/.cache` until
 * something changes that decides its bytes.
 */
export function bundleOf(folder: string): string {
  const file = join(folder, '..', '..', 'node_modules', '.cache', 'bedrock-access', `${basename(folder)}.json`);
  const kept = readKept(file);
  if (kept !== undefined && kept.digest === digestOf(folder, kept.inputs)) {
    return kept.code;
  }
  const started = Date.now();
  const { code, inputs } = build(folder);
  const digest = digestOf(folder, inputs);
  // A file that was changed during the build may have gone in as it was before.
  const unchanged = inputs.every((input) => statSync(join(folder, input)).ctimeMs < started - CLOCK_STEP);
  if (digest !== undefined && unchanged) {
    keep(file, { inputs, digest, code });
  }
  return code;
}

function build(folder: string): Pick<KeptBundle, 'code' | 'inputs'> {
  // Only a checkout builds, and has what it takes.
  const { buildFunction } = require('./build-function') as typeof import('./build-function');
  const out = mkdtempSync(join(tmpdir(), 'bedrock-access-'));
  try {
    const { inputs } = buildFunction(folder, out);
    return { code: readFileSync(join(out, 'index.js'), 'utf8'), inputs: Object.keys(inputs).sort() };
  } finally {
    rmSync(out, { recursive: true });
  }
}

/** Digest of the inputs, the names beside them, the installed packages and the options; nothing when one is missing. */
function digestOf(folder: string, inputs: readonly string[]): string | undefined {
  const hash = createHash('sha256');
  try {
    for (const input of inputs) {
      hash.update(`\n${input}\n`).update(readFileSync(join(folder, input)));
    }
    // A new file can take the place of one that an import found before.
    for (const beside of new Set(inputs.filter((input) => !input.includes('node_modules')).map(dirname))) {
      hash.update(`\n${beside}\n`).update(readdirSync(join(folder, beside)).sort().join());
    }
    const root = join(folder, '..', '..');
    hash.update(readFileSync(join(root, 'package.json')));
    hash.update(readFileSync(join(root, 'node_modules', '.package-lock.json')));
    hash.update(readFileSync(join(__dirname, 'build-function.ts')));
    return hash.digest('hex');
  } catch {
    return undefined;
  }
}

function readKept(file: string): KeptBundle | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as KeptBundle;
  } catch {
    return undefined;
  }
}

/** Writes the file whole or not at all. */
function keep(file: string, bundle: KeptBundle): void {
  const beside = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(beside, JSON.stringify(bundle));
    renameSync(beside, file);
  } catch {
    // Where nothing can be written, the next run builds again.
  }
}
