import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../../lib/constructs/bundle-function';
import type { FunctionSource } from '../../lib/plan/parts/function-plan';

export type Handler = (event: unknown, context?: { getRemainingTimeInMillis(): number }) => Promise<unknown>;

/**
 * Bundles a function as its stack does, before the tests of a file. Returns a function that loads the bundle, which is
 * a cold start if `jest.isolateModules` surrounds it.
 */
export function bundledHandler(source: FunctionSource): () => Handler {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'bundled-'));
  beforeAll(() => bundleFunction(source, folder), 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));
  return () => (require(join(folder, 'index.js')) as { readonly handler: Handler }).handler;
}
