import { join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

/** Bundles the sources in `folder` and returns esbuild's list of the files that it included. */
export function buildFunction(folder: string, outDirectory: string): Metafile {
  return buildSync({
    absWorkingDir: folder,
    entryPoints: ['handler.ts'],
    outfile: join(outDirectory, 'index.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
    alias: {
      '@aws-sdk/credential-provider-node': join(folder, '..', '..', 'aws', 'services', 'environment-credentials.ts'),
      '@aws-sdk/token-providers': join(folder, '..', '..', 'aws', 'services', 'no-bearer-tokens.ts'),
    },
    logLevel: 'error',
    metafile: true,
  }).metafile;
}
