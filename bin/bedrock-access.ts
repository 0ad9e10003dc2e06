import { setFlagsFromString } from 'node:v8';
import { commands } from '../lib/cli/commands/commands';
import { main } from '../lib/cli/main';
import { processTerminal } from '../lib/cli/terminal/process-terminal';
import { projectFolder } from '../lib/config/environment-files';

const argv = process.argv.slice(2);

// The SDK warns about Node versions that it will stop supporting. That concerns the people who update this package.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

// The heap may double before V8 collects it. By default it grows fourfold, and a thousand applications then take 870 MiB
// instead of 730 (measured on 2026-11-30, Node 20).
setFlagsFromString('--heap-growing-percent=100');

/** Resolves at the first SIGINT or SIGTERM. Before this function is called, a signal ends the process at once. */
function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const [signal, exitCode] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      process.once(signal, () => {
        process.exitCode = exitCode;
        resolve();
      });
    }
  });
}

// The program that reads the output may stop early, as `head` does. That is not an error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') {
      process.exit(0);
    }
    process.exitCode = 3;
    if (stream !== process.stderr) {
      process.stderr.write(`✗ the output cannot be written (${error.code})\n`);
    }
    process.exit();
  });
}

main(commands, argv, processTerminal(argv, process), {
  project: projectFolder(process.cwd()),
  cwd: process.cwd(),
  today: new Date().toISOString().slice(0, 10),
  env: process.env,
  interrupted,
}).then((exitCode) => {
  process.exitCode ??= exitCode;
});
