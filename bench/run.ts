/**
 * Measures what is promised, side by side with what a user would pick instead: `npm run bench`.
 *
 * Every ratio is of two figures of the same run; a figure alone says as much about the machine.
 */
import { cpus } from 'node:os';
import { table } from '../lib/report/table';
import { measureDeciding } from './deciding';
import { measureProving } from './proving';

const round = (n: number): string => (n >= 100 ? Math.round(n).toLocaleString('en-US') : n.toFixed(2));
const columns = (...headings: readonly string[]) =>
  headings.map((heading, i) => ({ heading, ...(i > 0 && { numbers: true }) }));

async function main(): Promise<void> {
  console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}\n`);
  console.log(
    'Decisions a CPU-second: classes by number, whole requests, and runSimulation of @cloud-copilot/iam-simulate',
  );
  const deciding = [await measureDeciding(2, true), await measureDeciding(19, false)];
  const decided = deciding.map((d) => [
    ...[d.what, round(d.characters), round(d.classes), d.partition.toFixed(3), round(d.indexed), round(d.evaluated)],
    ...[round(d.simulated), `${round(d.indexed / d.simulated)} ×`, `${round(d.evaluated / d.simulated)} ×`],
  ]);
  console.log(
    table(
      columns(
        'policies',
        'characters',
        'classes',
        'partition s',
        'by class',
        'request',
        'simulated',
        'ratio',
        'request ratio',
      ),
      decided,
    ).join('\n'),
  );

  console.log('\nprove, from the text of the file to the verdict: CPU-seconds and MiB of its process');
  const proving = [500, 1000].map(measureProving);
  console.log(
    table(
      columns('applications', 'profiles', 'decisions', 'CPU s', 'MiB'),
      proving.map((p) => [
        round(p.applications),
        round(p.profiles),
        round(p.decisions),
        p.cpuSeconds.toFixed(1),
        round(p.mebibytes),
      ]),
    ).join('\n'),
  );
  const [half, whole] = proving;
  console.log(
    `  twice the applications: ${((whole?.cpuSeconds ?? 0) / (half?.cpuSeconds ?? 1)).toFixed(2)} × the time`,
  );
}

main();
