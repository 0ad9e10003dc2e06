import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildFunction } from '../../lib/constructs/build-function';
import { bundleFunction } from '../../lib/constructs/bundle-function';

const ROOT = join(__dirname, '..', '..');
const out = mkdtempSync(join(realpathSync(tmpdir()), 'bundle-'));
const bundleOf = (name: string): string => readFileSync(join(out, name, 'index.js'), 'utf8');

afterAll(() => rmSync(out, { recursive: true }));

const SDK_PARTS = [
  '@aws-sdk/core',
  '@aws-sdk/credential-provider-env',
  '@aws/lambda-invoke-store',
  '@smithy/core',
  '@smithy/node-http-handler',
  '@smithy/signature-v4',
  '@smithy/types',
];
const POWERTOOLS = ['@aws-lambda-powertools/commons', '@aws-lambda-powertools/metrics'];

/** Maximum sizes of the bundle of each function, in bytes, and the packages that it contains. */
const BUNDLES = [
  {
    source: 'verify',
    max: 345_000,
    maxZipped: 110_000,
    packages: [
      ...POWERTOOLS,
      ...SDK_PARTS,
      '@aws-sdk/client-bedrock-runtime',
      '@aws-sdk/eventstream-handler-node',
      '@aws-sdk/middleware-eventstream',
      '@aws-sdk/middleware-websocket',
    ],
  },
  { source: 'meter', max: 110_000, maxZipped: 40_000, packages: [...POWERTOOLS, ...SDK_PARTS] },
] as const;

describe.each(BUNDLES)('$source', ({ source, max, maxZipped, packages }) => {
  test(`the bundle is at max ${max} bytes and exports the handler`, () => {
    bundleFunction(source, join(out, source));
    expect(statSync(join(out, source, 'index.js')).size).toBeLessThanOrEqual(max);
    expect(gzipSync(bundleOf(source)).length).toBeLessThanOrEqual(maxZipped);
    const keys = execFileSync(process.execPath, ['-p', 'Object.keys(require("./index.js"))'], {
      cwd: join(out, source),
    });
    expect(keys.toString()).toBe("[ 'handler' ]\n");
  });

  test('the bundle has only these packages, and none that looks for credentials elsewhere', () => {
    const { outputs } = buildFunction(join(ROOT, 'lambda', source), join(out, `${source}-metafile`));
    const used = Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
    const packageNames = used.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
    expect([...new Set(packageNames)].sort()).toEqual(packages.toSorted());
  });

  test('two builds are equal, and so is a build in another checkout', () => {
    buildFunction(join(ROOT, 'lambda', source), join(out, `${source}-again`));
    const checkout = join(out, `${source}-another`, 'checkout');
    mkdirSync(checkout, { recursive: true });
    for (const folder of ['aws', 'lambda']) {
      cpSync(join(ROOT, folder), join(checkout, folder), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
    buildFunction(join(checkout, 'lambda', source), join(out, `${source}-elsewhere`));

    expect(bundleOf(`${source}-again`) === bundleOf(source)).toBe(true);
    expect(bundleOf(`${source}-elsewhere`) === bundleOf(source)).toBe(true);
    expect(bundleOf(source)).not.toContain(ROOT);
  });
});

test('everybody may read a bundle, whatever the process that writes it leaves to others', () => {
  const before = process.umask(0o077);
  try {
    bundleFunction('limit', join(out, 'private'));
  } finally {
    process.umask(before);
  }
  expect(statSync(join(out, 'private', 'index.js')).mode & 0o777).toBe(0o644);
});
