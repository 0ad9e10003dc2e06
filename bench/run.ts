/**
 * Measures the promised performance and compares it with that of the alternatives: `npm run bench`.
 *
 * Every ratio compares two figures of the same run, because a single figure also depends on the machine.
 */
import { cpus } from 'node:os';
import { table } from '../lib/report/format/table';
import { measureColdImport } from './cold-import';
import { measureDeciding } from './deciding';
import { measureProving } from './proving';
import { measureVerifying } from './verifying';

const round = (n: number): string => (n >= 100 ? Math.round(n).toLocaleString('en-US') : n.toFixed(2));
const columns = (...headings: readonly string[]) =>
  headings.map((heading, i) => ({ heading, ...(i > 0 && { numbers: true }) }));

async function main(): Promise<void> {
  console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}\n`);
  console.log(
    'Decisions per CPU-second: class numbers, whole requests, and runSimulation of @cloud-copilot/iam-simulate',
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

  console.log('\nprove, from the text of the file to the verdict: CPU-seconds and peak MiB of its process');
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
    `  with twice the applications: ${((whole?.cpuSeconds ?? 0) / (half?.cpuSeconds ?? 1)).toFixed(2)} × the time`,
  );

  const { bytes, gzipBytes, bundled, outside } = measureColdImport();
  console.log(
    '\nThe verification function: size of its bundle, and load time beside the same handler without bundled SDK',
  );
  console.log(
    table(columns('bundle', 'bytes', 'gzip', 'ms', 'ms without SDK', 'ratio'), [
      ['handler', round(bytes), round(gzipBytes), round(bundled), round(outside), (bundled / outside).toFixed(2)],
    ]).join('\n'),
  );

  console.log(
    '\nOne invocation with every probe of each model, calls answered after 5 ms, in the heap of a 128 MB function',
  );
  const verifying = [];
  for (const applications of [100, 1000]) {
    const size = { applications, aliases: 1, milliseconds: 5 };
    verifying.push(await measureVerifying(size, { scheduled: true }));
  }
  console.log(
    table(
      columns('aliases', 'calls', 'at once', 's', 'CPU s', 'MiB', 'aliases in 15 min of 1 s calls'),
      verifying.map((v) => [
        ...[round(v.aliases), round(v.calls), String(v.atOnce), v.seconds.toFixed(1), v.cpuSeconds.toFixed(1)],
        ...[round(v.mebibytes), round(Math.floor((885 * v.atOnce) / (v.calls / v.aliases)))],
      ]),
    ).join('\n'),
  );
  const [few, many] = verifying;
  console.log(
    `  with ten times the aliases: ${((many?.mebibytes ?? 0) / (few?.mebibytes ?? 1)).toFixed(2)} × the memory`,
  );
}

main();
