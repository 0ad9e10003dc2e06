import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROJECT } from '../project';

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-package-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

/** Lists the packages that the lockfile installs for `names` and their dependencies. */
function closure(names: readonly string[]): ReadonlySet<string> {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const needed = new Set<string>();
  const add = (name: string): void => {
    const entry = packages[`node_modules/${name}`];
    if (entry !== undefined && !needed.has(name)) {
      needed.add(name);
      Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }).forEach(add);
    }
  };
  names.forEach(add);
  return needed;
}

test('the published package verifies an environment with only its own dependencies', () => {
  const packed = spawnSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' });
  expect(packed.status).toBe(0);
  const [tarball = ''] = readdirSync(folder).filter((f) => f.endsWith('.tgz'));
  expect(spawnSync('tar', ['xzf', tarball], { cwd: folder }).status).toBe(0);
  const root = join(folder, 'package');

  for (const name of closure(Object.keys(dependencies))) {
    const target = join(root, 'node_modules', name);
    mkdirSync(join(target, '..'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules', name), target);
  }
  const run = spawnSync(process.execPath, [join(root, 'bin', 'bedrock-access.js'), 'verify', 'dev', '--local'], {
    cwd: PROJECT,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder },
    encoding: 'utf8',
  });
  expect(run.stderr).not.toContain('✗');
  expect(run.stdout).toContain('151 probes as intended, 0 not.');
  expect(run.status).toBe(0);
});

function packageOf(module: string): string {
  return module.split('/', module.startsWith('@') ? 2 : 1).join('/');
}

test('every package that the published program loads, at its start or later, is a dependency', () => {
  const built = join(folder, 'package', 'dist');
  const files = readdirSync(built, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /^(bin|lib)\b.*\.js$/.test(file) && !/^lib.testing\b/.test(file),
  );
  const loaded = files.flatMap((file) =>
    [...readFileSync(join(built, file), 'utf8').matchAll(/\brequire\(["']([^."'][^"']*)/g)].map(
      ([, name = '']) => name,
    ),
  );
  const packages = [...new Set(loaded.filter((name) => !isBuiltin(name)).map(packageOf))];
  expect(packages).toContain('@aws-sdk/client-bedrock-runtime');
  expect(packages.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
});

test('the published matchers judge the template of another project', () => {
  const project = join(folder, 'project');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  symlinkSync(join(folder, 'package'), join(project, 'node_modules', 'bedrock-access'));
  const policy = { Statement: [{ Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: '*' }] };
  const Resources = { Policy: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy } } };
  writeFileSync(join(project, 'jest.config.js'), 'module.exports = {};');
  writeFileSync(
    join(project, 'chat.test.js'),
    `require('bedrock-access/testing');
     test('a bare grant', () => expect(${JSON.stringify({ Resources })}).toInvokeOnlyThroughProfiles());`,
  );
  const run = spawnSync(process.execPath, [join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js')], {
    cwd: project,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, NODE_PATH: join(ROOT, 'node_modules') },
    encoding: 'utf8',
  });
  expect(run.stderr).toMatch(
    /may bedrock:InvokeModel on arn:aws:bedrock:\S+::foundation-model\/\S+ without any profile/,
  );
  expect(run.status).toBe(1);
});

test('the package contains no sources, tests or local files', () => {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--silent', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const files: readonly { readonly path: string }[] = JSON.parse(stdout)[0].files;
  expect(
    files
      .map((f) => f.path)
      .filter((path) => /(?<!\.d)\.ts$|^test\/|^scripts\/|^bench\/|node_modules|\.env/.test(path)),
  ).toEqual([]);
});
