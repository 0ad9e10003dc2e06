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

test('the bundle is at most 345 kB and exports the handler', () => {
  bundleFunction('verify', join(out, 'first'));
  expect(statSync(join(out, 'first', 'index.js')).size).toBeLessThanOrEqual(345_000);
  expect(gzipSync(bundleOf('first')).length).toBeLessThanOrEqual(110_000);
  const keys = execFileSync(process.execPath, ['-p', 'Object.keys(require("./index.js"))'], {
    cwd: join(out, 'first'),
  });
  expect(keys.toString()).toBe("[ 'handler' ]\n");
});

test('only packages of the AWS SDK and of Powertools are inside, and none that looks for credentials elsewhere', () => {
  const { outputs } = buildFunction(join(ROOT, 'lambda', 'verify'), join(out, 'metafile'));
  const used = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const packages = used.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  expect([...new Set(packages)].sort()).toEqual([
    '@aws-lambda-powertools/commons',
    '@aws-lambda-powertools/metrics',
    '@aws-sdk/client-bedrock-runtime',
    '@aws-sdk/core',
    '@aws-sdk/credential-provider-env',
    '@aws-sdk/eventstream-handler-node',
    '@aws-sdk/middleware-eventstream',
    '@aws-sdk/middleware-websocket',
    '@aws/lambda-invoke-store',
    '@smithy/core',
    '@smithy/node-http-handler',
    '@smithy/signature-v4',
    '@smithy/types',
  ]);
});

test('two builds are equal, and so is one of another checkout', () => {
  bundleFunction('verify', join(out, 'again'));
  const checkout = join(out, 'another', 'checkout');
  mkdirSync(checkout, { recursive: true });
  cpSync(join(ROOT, 'lambda'), join(checkout, 'lambda'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  buildFunction(join(checkout, 'lambda', 'verify'), join(out, 'elsewhere'));

  expect(bundleOf('again') === bundleOf('first')).toBe(true);
  expect(bundleOf('elsewhere') === bundleOf('first')).toBe(true);
  expect(bundleOf('first')).not.toContain(ROOT);
});
