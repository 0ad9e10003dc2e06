import type { JsonMap } from '../../lib/catalog/json-map';
import { commands } from '../../lib/cli/commands/commands';
import { main } from '../../lib/cli/main';
import type { AccessPlan } from '../../lib/plan/environment/access-plan';
import { PROJECT } from '../project';
import { sharedAssembly } from '../stacks/shared-assembly';

// Commands read the assembly that the tests share, which is synthesized as theirs would be.
jest.mock('../../lib/cli/synthesize', () => ({
  ...jest.requireActual('../../lib/cli/synthesize'),
  withAssembly: (plan: AccessPlan, use: (folder: string) => unknown, context: JsonMap) =>
    use(sharedAssembly(plan, context)),
}));

/** Output and exit code of a command line. */
export interface Ran {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in this process, without colours, on a fixed day. */
export async function run(argv: readonly string[], { env = {}, project = PROJECT } = {}): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const exitCode = await main(
    commands,
    argv,
    {
      out: (...lines) => out.push(...lines),
      err: (...lines) => err.push(...lines),
      progress: () => undefined,
      tone: (_, text) => text,
      columns: 120,
    },
    {
      project,
      cwd: project,
      today: '2026-11-21',
      env,
      interrupted: () =>
        argv[0] === 'sandbox' && !argv.includes('--') ? Promise.resolve() : new Promise(() => undefined),
    },
  );
  return { exitCode, out: out.join('\n'), err: err.join('\n') };
}
