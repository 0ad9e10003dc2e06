import { partitionOf } from '../../catalog/region';
import { loadEnvironment } from '../../config/environment-files';
import { isMeasured, judgeLatency } from '../../live/latency/judge-latency';
import { measureRoutings } from '../../live/latency/measure-routings';
import { LATENCY_SAMPLES } from '../../live/latency/routing-latency';
import { requireAccount } from '../../live/require-account';
import { planLatencyProbes } from '../../plan/environment/latency-probes';
import { counted } from '../../report/format/counted';
import { latencyDocument } from '../../report/verification/latency-document';
import { type LatencyReport, latencyLines } from '../../report/verification/latency-lines';
import { latencyTable } from '../../report/verification/latency-table';
import { type Arguments, UsageError } from '../terminal/command';
import { EXIT, type ExitCode } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import type { Surroundings, Terminal } from '../terminal/terminal';

/** `verify ENV --region-latency`: times the routings that an environment allows, and says which is closest. */
export async function verifyLatency(
  args: Arguments,
  terminal: Terminal,
  { project, cwd, today }: Pick<Surroundings, 'project' | 'cwd' | 'today'>,
): Promise<ExitCode> {
  const { switches, values } = args;
  const [name = ''] = args.positionals;
  const sandboxFlag = ['local', 'assembly', 'reading', 'fault'].find(
    (flag) => switches.has(flag) || values[flag] !== undefined,
  );
  if (sandboxFlag !== undefined) {
    throw new UsageError(
      `--region-latency times real calls to AWS, but --${sandboxFlag} is for the sandbox, which runs on this machine: leave one of them out`,
    );
  }
  terminal.progress(`reading ${name}`);
  const { environment } = loadEnvironment({ project, cwd }, name, today);
  const { account, region } = environment;
  const place = { environment: environment.name, account, region, partition: partitionOf(region) };
  const probes = planLatencyProbes(environment);
  if (probes.length === 0) {
    throw new UsageError(
      `${place.environment} has no chat model: --region-latency times streams, which embedding models do not return`,
    );
  }
  await requireAccount(place);
  const calls = probes.length * (LATENCY_SAMPLES + 1);
  const phase = `${calls} calls to ${counted(probes.length, 'routing')} from this machine`;
  terminal.progress(phase);
  const measured = await measureRoutings(probes, region, (done) => terminal.progress(phase, `${done} done`));
  const report: LatencyReport = { place, models: judgeLatency(measured) };
  const exitCode = measured.every(isMeasured) ? EXIT.clean : EXIT.unfinished;
  const document = latencyDocument(report, exitCode);
  const lines = () => latencyLines(report, terminal);
  giveResults(args, terminal, cwd, { document, ...latencyTable(report), lines });
  return exitCode;
}
