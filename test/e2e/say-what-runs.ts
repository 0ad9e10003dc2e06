import { canRun } from './emulator/install-ministack';

/** jest counts what is skipped and prints no title of it; and what a result shows, it does not say at all. */
// biome-ignore lint/style/noDefaultExport: jest calls the default export of its globalSetup.
export default function sayWhatRuns(): void {
  console.log(
    canRun
      ? "An AWS emulator of another author decides; its authorisation of Bedrock is modelled on AWS's documentation."
      : 'SKIPPED: end-to-end tests need a python3 of 3.10 to 3.14 with venv and ensurepip, which is not here.',
  );
}
