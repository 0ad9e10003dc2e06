import { canRun, installMiniStack } from './emulator/install-ministack';

/**
 * Prints what the tests can show, or that they are skipped: jest prints no titles of skipped tests. Installs the
 * emulator once, before two files need it at the same time.
 */
// biome-ignore lint/style/noDefaultExport: jest calls the default export of its globalSetup.
export default function sayWhatRuns(): void {
  console.log(
    canRun
      ? "These tests use a third-party emulator of AWS. Its authorization of Bedrock follows AWS's documentation."
      : 'SKIPPED: the end-to-end tests need a python3 of 3.10 to 3.14 with venv and ensurepip.',
  );
  if (canRun) {
    installMiniStack();
  }
}
