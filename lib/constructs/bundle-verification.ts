import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';

/** The function's folder: beside `lib/` in a checkout, inside `dist/` in a published package. */
function functionFolder(): string {
  const above = [join(__dirname, '..'), join(__dirname, '..', '..')].map((folder) => join(folder, 'lambda', 'verify'));
  const found = above.find(existsSync);
  if (found === undefined) {
    throw new Error(`the verification function is neither in ${above.join(' nor in ')}; install the package again`);
  }
  return found;
}

/**
 * Writes the verification function as one file, `index.js`, into `outDirectory`.
 *
 * The same sources give the same bytes wherever they lie, so that an unchanged function is not deployed again. A
 * published package has no sources and carries the file already built.
 */
export function bundleVerification(outDirectory: string): void {
  const folder = functionFolder();
  if (existsSync(join(folder, 'handler.ts'))) {
    buildVerification(folder, outDirectory);
  } else {
    mkdirSync(outDirectory, { recursive: true });
    copyFileSync(join(folder, 'index.js'), join(outDirectory, 'index.js'));
  }
}

/** Bundles the sources in `folder`; answers esbuild's account of what went in. */
export function buildVerification(folder: string, outDirectory: string): Metafile {
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
      '@aws-sdk/credential-provider-node': join(folder, 'environment-credentials.ts'),
      '@aws-sdk/token-providers': join(folder, 'no-bearer-tokens.ts'),
    },
    logLevel: 'error',
    metafile: true,
  }).metafile;
}
