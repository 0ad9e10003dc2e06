import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildFunction } from '../../lib/constructs/build-function';
import { bundleFunction } from '../../lib/constructs/bundle-function';

const ROOT = join(__dirname, '..', '..');
const out = mkdtempSync(join(realpathSync(tmpdir()), 'bundle-'));
const bundleOf = (name: string): string => readFileSync(join(out, name, 'index.js'), 'utf8');

beforeAll(() => bundleFunction('account-settings', join(out, 'first')));
afterAll(() => rmSync(out, { recursive: true }));

test('the bundle is at most 325 kB and exports the handler', () => {
  expect(Buffer.byteLength(bundleOf('first'))).toBeLessThanOrEqual(325_000);
  expect(gzipSync(bundleOf('first')).length).toBeLessThanOrEqual(103_000);
  const keys = execFileSync(process.execPath, ['-p', 'Object.keys(require("./index.js"))'], {
    cwd: join(out, 'first'),
  });
  expect(keys.toString()).toBe("[ 'handler' ]\n");
});

test('the bundle has only packages of the AWS SDK, and none that looks for credentials elsewhere', () => {
  const { outputs } = buildFunction(join(ROOT, 'lambda', 'account-settings'), join(out, 'metafile'));
  const used = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  const packages = used.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  expect([...new Set(packages)].sort()).toEqual([
    '@aws-sdk/client-bedrock',
    '@aws-sdk/client-cost-explorer',
    '@aws-sdk/core',
    '@aws-sdk/credential-provider-env',
    '@aws/lambda-invoke-store',
    '@smithy/core',
    '@smithy/node-http-handler',
    '@smithy/signature-v4',
    '@smithy/types',
  ]);
});

test('two builds are equal, and so is a build in another checkout', () => {
  buildFunction(join(ROOT, 'lambda', 'account-settings'), join(out, 'again'));
  const checkout = join(out, 'another', 'checkout');
  mkdirSync(checkout, { recursive: true });
  for (const folder of ['aws', 'lambda']) {
    cpSync(join(ROOT, folder), join(checkout, folder), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  buildFunction(join(checkout, 'lambda', 'account-settings'), join(out, 'elsewhere'));
  expect(bundleOf('again') === bundleOf('first')).toBe(true);
  expect(bundleOf('elsewhere') === bundleOf('first')).toBe(true);
  expect(bundleOf('first')).not.toContain(ROOT);
});
