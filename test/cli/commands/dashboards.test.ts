import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv from 'ajv';
import { schemas } from '../../../lib/report/schemas';
import { PROJECT } from '../../project';
import { run } from '../run';

const project = mkdtempSync(join(tmpdir(), 'bedrock-access-dashboards-'));
mkdirSync(join(project, 'environments'));
cpSync(join(PROJECT, 'environments', 'dev.yaml'), join(project, 'environments', 'dev.yaml'));
afterAll(() => rmSync(project, { recursive: true }));
const dashboards = (...args: readonly string[]) => run(['dashboards', ...args], { project });
const read = (name: string): string => readFileSync(join(project, name), 'utf8');

test('a preview is one file with the name of the environment, is the same each time, and leaves no partial file', async () => {
  const first = await dashboards('dev', '--preview');
  expect(first).toEqual({
    exitCode: 0,
    out: 'dev will have 1 dashboard; 5 choices with made-up values in dashboards-dev.html',
    err: '',
  });
  const page = read('dashboards-dev.html');
  await dashboards('dev', '--preview');
  expect(read('dashboards-dev.html')).toBe(page);
  expect(readdirSync(project).sort()).toEqual(['dashboards-dev.html', 'environments']);
  const headings = [...page.matchAll(/<h2 id="[^"]*">([^<]*)</g)].map(([, name]) => name);
  expect(headings).toEqual([
    'dev_overview, application: all applications',
    'dev_overview, application: code-review',
    'dev_overview, application: document-search',
    'dev_overview, application: market-report',
    'dev_overview, application: support-chat',
  ]);
});

test('a preview may show one application, as a page, as JSON and as a table', async () => {
  const args = ['chat.html', 'chat.json', 'chat.csv'].flatMap((file) => ['--out', file]);
  const { exitCode, out } = await dashboards('dev', '--preview', '--application', 'support-chat', '--json', ...args);
  expect(exitCode).toBe(0);
  const document = JSON.parse(out);
  expect(JSON.parse(read('chat.json'))).toEqual(document);
  const valid = new Ajv({ strict: false }).compile(schemas()['dashboards-output.schema.json'] ?? {});
  expect([valid(document), valid.errors]).toEqual([true, null]);
  expect(document.dashboards.map(({ name }: { readonly name: string }) => name)).toEqual(['dev_overview']);
  expect(document.choices).toEqual([{ dashboard: 'dev_overview', label: 'support-chat', value: '_supportXchat_' }]);
  expect(read('chat.csv').split('\r\n').slice(0, 4)).toEqual([
    'dashboard,widget,kind,metrics',
    'dev_overview,Estimated dollars of the environment,numbers,2',
    'dev_overview,Alarms of the environment,alarms,0',
    'dev_overview,What should be zero,graph,4',
  ]);
  expect([...read('chat.html').matchAll(/<h2 /g)]).toHaveLength(1);
});

test.each([
  [
    ['dev'],
    "✗ cdk deploy 'dev/**' creates the dashboards; to preview them, run bedrock-access dashboards dev --preview",
  ],
  [
    ['dev', '--preview', '--application', 'suport-chat'],
    "✗ dev has no application 'suport-chat'; did you mean 'support-chat'?",
  ],
  [
    ['dev', '--preview', '--application', 'x'],
    "✗ dev has no application 'x'; applications: code-review, document-search, market-report, support-chat",
  ],
  [['dev', '--preview', '--out', 'a.png'], "✗ --out writes .json, .csv, .md, .html; 'a.png' has another ending"],
])('%j is refused with the next step, and writes nothing', async (args, message) => {
  const before = readdirSync(project);
  const { exitCode, out, err } = await dashboards(...args);
  expect([exitCode, out, err.split('\n')[0]]).toEqual([2, '', message]);
  expect(readdirSync(project)).toEqual(before);
  expect(existsSync(join(project, 'a.png'))).toBe(false);
});
