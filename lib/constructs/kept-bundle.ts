import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { writeWhole } from '../files/write-whole';

/** A cached bundle with the inputs from which it was built. */
interface KeptBundle {
  /** Bundled files, relative to the folder of the function. */
  readonly inputs: readonly string[];
  /** Digest of these files and of everything else on which the bytes of the bundle depend. */
  readonly digest: string;
  readonly code: string;
}

/** Maximum error of a file's change time, in milliseconds: a file system may record a change this much too early. */
const CLOCK_STEP = 1000;

/**
 * Returns the code of the function whose sources are in `folder`. The code is built once and kept below
 * `node_modules/.cache` until something changes on which its bytes depend.
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
  // If a file changed during the build, the bundle may contain its old content and is not kept.
  const unchanged = inputs.every((input) => statSync(join(folder, input)).ctimeMs < started - CLOCK_STEP);
  if (digest !== undefined && unchanged) {
    keep(file, { inputs, digest, code });
  }
  return code;
}

function build(folder: string): Pick<KeptBundle, 'code' | 'inputs'> {
  // Loaded here, because only a checkout has esbuild.
  const { buildFunction } = require('./build-function') as typeof import('./build-function');
  const out = mkdtempSync(join(tmpdir(), 'bedrock-access-'));
  try {
    const { inputs } = buildFunction(folder, out);
    return { code: readFileSync(join(out, 'index.js'), 'utf8'), inputs: Object.keys(inputs).sort() };
  } finally {
    rmSync(out, { recursive: true });
  }
}

/**
 * Returns the digest of the input files, the file names in their folders, the installed packages and the build options,
 * or `undefined` if a file is missing.
 */
function digestOf(folder: string, inputs: readonly string[]): string | undefined {
  const hash = createHash('sha256');
  try {
    for (const input of inputs) {
      hash.update(`\n${input}\n`).update(readFileSync(join(folder, input)));
    }
    // The names in the folders count, because an import may resolve to a new file.
    for (const sourceFolder of new Set(inputs.filter((input) => !input.includes('node_modules')).map(dirname))) {
      hash.update(`\n${sourceFolder}\n`).update(readdirSync(join(folder, sourceFolder)).sort().join());
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

/** Writes the file completely or not at all. */
function keep(file: string, bundle: KeptBundle): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeWhole(file, JSON.stringify(bundle));
  } catch {
    // If the file cannot be written, the next run builds again.
  }
}
