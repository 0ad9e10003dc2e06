import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatedEnvironment } from './generated-environment';

/** Measurements of one run of `prove`, from the text of the environment file to the verdict, in its own process. */
export interface Proving {
  readonly applications: number;
  readonly profiles: number;
  readonly decisions: number;
  readonly cpuSeconds: number;
  readonly mebibytes: number;
}

/** Runs the command, including synthesis, and reads the resource usage of its process. */
export function measureProving(applications: number): Proving {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-bench-'));
  try {
    mkdirSync(join(folder, 'environments'));
    writeFileSync(join(folder, 'environments', 'bench.yaml'), generatedEnvironment('bench', applications, 2));
    const out = execFileSync(
      process.execPath,
      ['-r', join(__dirname, 'report-usage.js'), program(), 'prove', 'bench', '--json'],
      {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, USAGE_FILE: join(folder, 'usage.json') },
      },
    );
    const { coverage } = JSON.parse(out) as { readonly coverage: Readonly<Record<string, number>> };
    const usage = JSON.parse(readFileSync(join(folder, 'usage.json'), 'utf8')) as {
      readonly cpuSeconds: number;
      readonly mebibytes: number;
    };
    return { applications, profiles: coverage['profiles'] ?? 0, decisions: coverage['decisions'] ?? 0, ...usage };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function program(): string {
  return join(__dirname, '..', 'bin', 'bedrock-access.js');
}
