import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-out-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string): string => join(folder, name);

test.each([
  ['check', 'file,line,column,severity,path,message'],
  ['plan', 'application,principal,alias,model,routing,profile,models it may reach'],
  ['verify', 'application,alias,generation,model,routing,probe,expected,outcome,principal,target,inputTokens'],
])('%s --out writes the document and the table in the formats of the file endings', async (command, heading) => {
  const local = command === 'verify' ? ['--local'] : [];
  const names = ['json', 'csv', 'md'].map((ending) => `${command}.${ending}`);
  const args = [command, 'dev', ...local, '--json', ...names.flatMap((name) => ['--out', file(name)])];
  const { exitCode, out } = await run(args);
  expect(exitCode).toBe(0);
  expect(JSON.parse(readFileSync(file(`${command}.json`), 'utf8'))).toEqual(JSON.parse(out));
  expect(readFileSync(file(`${command}.csv`), 'utf8')).toContain(heading);
  expect(readFileSync(file(`${command}.md`), 'utf8')).toMatch(/^\| \w+/);
  expect(readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
});

test('an unsupported file ending and a missing folder are refused before any work', async () => {
  const html = await run(['verify', 'dev', '--local', '--out', file('report.html')]);
  expect(html).toMatchObject({ exitCode: 2, out: '' });
  expect(html.err).toContain('--out writes .json, .csv, .md');
  const nowhere = await run(['plan', 'dev', '--out', file('no/such/folder/plan.csv')]);
  expect(nowhere).toMatchObject({ exitCode: 2 });
  expect(nowhere.err).toContain('cannot be written (ENOENT)');
});

test('the table of a plan has a row for every principal and profile', async () => {
  const { out } = await run(['plan', 'dev', '--json', '--out', file('rows.csv')]);
  const { applications } = JSON.parse(out).plan;
  type Counted = { roles: unknown[]; existingRoles: unknown[]; existingUsers: unknown[]; generations: unknown[] };
  const expected = applications.reduce(
    (n: number, a: Counted) =>
      n + (a.roles.length + a.existingRoles.length + a.existingUsers.length) * a.generations.length,
    0,
  );
  expect(readFileSync(file('rows.csv'), 'utf8').trim().split('\r\n')).toHaveLength(expected + 1);
});
