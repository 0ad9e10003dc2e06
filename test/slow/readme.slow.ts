import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../cli/run';
import { PROJECT } from '../project';

const ROOT = join(__dirname, '..', '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-readme-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The fenced blocks of the README, each as a list of lines. */
const blocks = [...readme.matchAll(/^```\w*\n([\s\S]*?)\n```$/gm)].map((m) => (m[1] ?? '').split('\n'));
const blockWith = (text: string): readonly string[] =>
  blocks.find((lines) => lines.some((l) => l.includes(text))) ?? [];

/** Removes the parts of a line that differ from run to run: milliseconds, and column widths that depend on them. */
const steady = (line: string): string =>
  line
    .replace(/(✓ allowed +\d+ +\d* +)\d+ /, '$1')
    .replace(/ +/g, ' ')
    .trim();

test('the README shows what npm start prints', async () => {
  const { out } = await run(['verify', 'dev', '--local', '--quiet']);
  const printed = out.split('\n').map(steady);
  const shown = blockWith('is ready to deploy').filter((line) => line.trim() !== '…');
  expect(shown.length).toBeGreaterThan(20);
  expect(shown.map(steady).filter((line) => !printed.includes(line))).toEqual([]);
});

test('the README shows what prove prints', async () => {
  const { out } = await run(['prove', 'dev']);
  const printed = out.split('\n').map((line) => line.trim());
  const shown = blockWith('$ npx bedrock-access prove dev').slice(1);
  expect(shown.length).toBeGreaterThan(8);
  expect(shown.map((line) => line.trim()).filter((line) => line !== '…' && !printed.includes(line))).toEqual([]);
});

test('the README shows what check prints', async () => {
  const { out } = await run(['check', 'dev']);
  expect(blockWith('$ npx bedrock-access check dev').slice(1)).toEqual(out.split('\n'));
});

test('the application that the README adds is valid and verified', async () => {
  cpSync(join(PROJECT, 'environments'), join(folder, 'environments'), { recursive: true });
  appendFileSync(join(folder, 'environments', 'dev.yaml'), `\n${blockWith('invoice-reader:').join('\n')}\n`);
  expect(await run(['check', 'dev'], { project: folder })).toMatchObject({ exitCode: 0 });
  const { exitCode, out } = await run(['verify', 'dev', '--local'], { project: folder });
  expect(out).toMatch(/invoice-reader +read +amazon\.nova-pro-v1:0 +us +text system turns .*✓ allowed/);
  expect(exitCode).toBe(0);
});

test('every file that the README and the pages link to exists', () => {
  const links = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map((m) => m[1] ?? '');
  expect(links.length).toBeGreaterThan(5);
  for (const link of links) {
    expect(() => readFileSync(join(ROOT, link))).not.toThrow(/ENOENT/);
  }
});
