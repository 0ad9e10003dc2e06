import { readdirSync, readFileSync } from 'node:fs';
import { PROBES } from '../../lambda/verify/result';
import { commands } from '../../lib/cli/commands/commands';
import { ENDINGS } from '../../lib/cli/terminal/parse-arguments';
import { PRINCIPAL_KINDS } from '../../lib/config/principals/principal-schema';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { testEnvironment } from '../plan/environments';

/** Returns the names that a page does not have in backticks, as a key or alone. */
function missing(page: string, names: readonly string[]): readonly string[] {
  const text = readFileSync(`docs/${page}`, 'utf8');
  return names.filter((name) => ![`\`${name}\``, `\`${name}: `].some((written) => text.includes(written)));
}

test('docs/verification.md has every probe', () => {
  expect(missing('verification.md', PROBES)).toEqual([]);
});

test('the pages list every format of --out', () => {
  expect(missing('costs.md', ENDINGS)).toEqual([]);
  expect(
    missing(
      'region-latency.md',
      ENDINGS.filter((ending) => ending !== '.html'),
    ),
  ).toEqual([]);
});

test('README.md or a page of docs/ shows a call of every command', () => {
  const pages = [
    'README.md',
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const text = pages.map((page) => readFileSync(page, 'utf8')).join('');
  const shown = new Set([...text.matchAll(/\bbedrock-access ([a-z-]+)/g)].map(([, name]) => name));
  expect(commands.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
});

test('docs/environment-file.md has every kind of principal', () => {
  expect(missing('environment-file.md', PRINCIPAL_KINDS)).toEqual([]);
});

test('docs/dashboards-and-alarms.md has every alarm', () => {
  const { alarms, applications } = planAccess(testEnvironment('dev'));
  const ofApplications = applications.flatMap((a) => a.alarms.map(({ name }) => name.split('_').at(-1) ?? ''));
  expect(missing('dashboards-and-alarms.md', [...alarms.map(({ name }) => name), ...ofApplications])).toEqual([]);
});
