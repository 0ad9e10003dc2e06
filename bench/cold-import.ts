import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { bundleFunction } from '../lib/constructs/bundle-function';

/**
 * Size and load time of the bundled verification function, and the load time of the same handler without bundled SDK.
 */
export interface ColdImport {
  readonly bytes: number;
  readonly gzipBytes: number;
  /** Median load time in a new process, in milliseconds. */
  readonly bundled: number;
  /** The same with the SDK loaded from `node_modules`. */
  readonly outside: number;
}

const TIMES = 15;
const ROOT = join(__dirname, '..');
const IMPORT = 'const t = performance.now(); require("./index.js"); console.log(performance.now() - t)';

/** Measures both variants alternately, so that a slow machine slows both. */
export function measureColdImport(): ColdImport {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-bench-'));
  try {
    const [bundled, outside] = ['bundled', 'outside'].map((name) => join(folder, name)) as [string, string];
    bundleFunction('verify', bundled);
    buildSync({
      entryPoints: [join(ROOT, 'lambda', 'verify', 'handler.ts')],
      outfile: join(outside, 'index.js'),
      ...{ bundle: true, minify: true, platform: 'node', target: 'node20', format: 'cjs', packages: 'external' },
    });
    const runs = Array.from({ length: TIMES }, () => [milliseconds(bundled), milliseconds(outside)] as const);
    const code = readFileSync(join(bundled, 'index.js'));
    return {
      bytes: code.length,
      gzipBytes: gzipSync(code, { level: 9 }).length,
      bundled: median(runs.map(([first]) => first)),
      outside: median(runs.map(([, second]) => second)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function milliseconds(cwd: string): number {
  const env = { ...process.env, NODE_PATH: join(ROOT, 'node_modules'), AWS_REGION: 'us-east-1' };
  return Number(execFileSync(process.execPath, ['-e', IMPORT], { cwd, env, encoding: 'utf8' }));
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
