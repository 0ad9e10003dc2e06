import type { AccessMatrix } from '../../../lib/proof/matrix/access-matrix';
import { type AccessDiff, diffAccess } from '../../../lib/proof/matrix/diff-access';
import { diffComment } from '../../../lib/report/diff/diff-comment';
import { fitComment } from '../../../lib/report/diff/diff-comment-size';
import type { DiffReport } from '../../../lib/report/diff/diff-lines';
import { call, difference, matrix, profile, role } from '../../proof/matrix/diff-matrices';

const COMMAND = 'npx bedrock-access diff main';
const side = (shown: string) => ({ shown, kind: 'file' as const, knowsFile: true });

function comment(environments: readonly AccessDiff[], changes: Partial<DiffReport> = {}): string {
  const base: DiffReport = { base: side('a.json'), head: side('b.json'), environments, failures: [], notLookedAt: [] };
  return diffComment({ ...base, ...changes }, COMMAND);
}

/** Returns the difference of an environment in which `count` roles gain a call. */
function gains(count: number, environment = 'dev', name = 'role'): AccessDiff {
  const principals = Array.from({ length: count }, (_, i) => role(`${name}-${i}`, { calls: [call()] }));
  return diffAccess({ before: matrix({ environment }), after: matrix({ environment, principals }) });
}

const LAST =
  'Base <code>a.json</code>, head <code>b.json</code>. A change of the access matrix changes who can call what.';

test('the comment of one environment has a marker, the verdict, tables and the two sides', () => {
  const before = matrix({ profiles: [profile()], budgets: { chat: 500 } });
  const after = matrix({
    profiles: [profile({ name: 'dev_chat_main_b' })],
    principals: [role('api', { calls: [call()] })],
    budgets: { chat: 800 },
  });
  const failures = [{ environment: 'dev', choice: 'broader', because: 'access gets broader for a principal' }] as const;
  expect(comment([diffAccess({ before, after })], { failures }).split('\n')).toEqual([
    '<!-- bedrock-access:diff:dev -->',
    '',
    '### Bedrock access · dev: **1 principal gains access, 1 control is weaker, 1 profile is replaced, budgets +&#36;300 a month**',
    '',
    '|  | application | who | may call | where | through |',
    '|---|---|---|---|---|---|',
    '| ➕ gains | <code>chat</code> | <code>role api</code> | <code>amazon.nova-lite-v1&#58;0</code> | <code>us</code> (2 Regions) | alias <code>main</code> |',
    '',
    '- ➕ <code>role api</code> is new; its trust policy lists <code>service lambda.amazonaws.com</code>; boundary <code>dev&#95;boundary</code>',
    '',
    '**Controls**',
    '',
    '- ➕ <code>chat</code>: the monthly budget is higher (monthlyUsd: 500 → 800)',
    '',
    '**Profiles**',
    '',
    '- ± replaced: <code>chat/main</code> is served by <code>dev&#95;chat&#95;main&#95;b</code> (<code>amazon.nova-lite-v1&#58;0</code>, <code>us</code>) instead of <code>dev&#95;chat&#95;main&#95;a</code> (<code>amazon.nova-lite-v1&#58;0</code>, <code>us</code>): its ARN, metric id and billing identity change',
    "- callers that read the alias's parameter switch by themselves; an ARN in their settings must be changed",
    '',
    expect.stringMatching(/^\| money \(list prices of [\d-]+\) \| before \| after \| change \|$/),
    '|---|--:|--:|--:|',
    '| budget of <code>chat</code>, a month | &#36;500 | &#36;800 | +&#36;300 |',
    '| all budgets, a month | &#36;500 | &#36;800 | +&#36;300 |',
    '',
    '✗ <code>fails on broader&#58; dev&#58; access gets broader for a principal</code>',
    '',
    LAST,
  ]);
});

test('the comment of several environments has one marker, and a section for each', () => {
  expect(comment([difference(), difference({ environment: 'prod' })]).split('\n')).toEqual([
    '<!-- bedrock-access:diff -->',
    '',
    '### Bedrock access · dev: **no principal gains or loses access**',
    '',
    '### Bedrock access · prod: **no principal gains or loses access**',
    '',
    LAST,
  ]);
});

const HOSTILE = [
  '</code><img src=x onerror=alert(1)>',
  '--> <script>',
  '[text](javascript:x) ![i](http://x)',
  '| extra | cells |',
  '`code` **bold** _it_ ~~no~~',
  'a\r\nb\u202ec\u2028d',
  '@everybody #1 https://example.com www.example.com a@example.com',
  '$\\LaTeX$ &lt;',
];

test.each(HOSTILE)('%j is text, and not markup, in every part of a comment', (text) => {
  const of = (budget: number, model: string, end: string): AccessMatrix =>
    matrix({
      profiles: [profile({ application: text, alias: text, name: text + end, model, routing: text })],
      principals: [
        role(text, {
          becomes: [text + end],
          boundary: text + end,
          calls: [
            call({
              application: text,
              alias: text,
              model,
              routing: text,
              regions: [text + end],
              through: text + end,
              guardrail: text + end,
            }),
          ],
        }),
      ],
      budgets: { [text]: budget },
    });
  const diffs = [
    diffAccess({ before: of(1, text, ''), after: of(2, text, '2') }),
    diffAccess({ after: of(1, 'amazon.nova-lite-v1:0', '') }),
    diffAccess({ before: of(1, text, ''), after: of(1, 'other', '') }),
  ];
  const failures = [{ environment: 'dev', choice: 'cost', because: text }] as const;
  const markdown = diffComment(
    { base: side(text), head: side(text), environments: diffs, failures, notLookedAt: [text] },
    `npx bedrock-access diff '${text}'`,
  );
  const own = markdown
    .split('\n')
    .slice(1)
    .map((line) =>
      line
        .replaceAll(/<\/?code>/g, '')
        .replace(/^### |^- /, '')
        .replaceAll(/&#\d+;/g, ''),
    )
    .map((line) => line.replaceAll('**', '').replace(/^\|-.*$/, ''));
  for (const line of own) {
    expect([1, 6, 8]).toContain(line.split('|').length);
    expect(line.replaceAll('|', '')).not.toMatch(/[<>[\]*_`\\@#$&~\u202e\u2028\r]|www\.|:\/\//);
  }
});

test('a comment counts the rows that do not fit, and cuts no row', () => {
  const markdown = comment([gains(3_000)]);
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(markdown.length).toBeGreaterThan(59_000);
  const rows = markdown.split('\n').filter((line) => line.startsWith('| ➕') || line.startsWith('- ➕'));
  const [, more = ''] = /\nand (\d+) more rows\n/.exec(markdown) ?? [];
  expect(rows.length + Number(more)).toBe(6_000);
  expect(rows.every((line) => /^(\|.*\||- .*<\/code>)$/.test(line))).toBe(true);
  expect(markdown).toContain(`\nNot everything fits: run <code>${COMMAND}</code> to see it.\n`);
  expect(markdown.endsWith(LAST)).toBe(true);
});

test('every environment has its verdict, even when rows do not fit', () => {
  const markdown = comment([gains(3_000), gains(1, 'prod')]);
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(markdown).toContain('### Bedrock access · prod: **1 principal gains access**');
});

test('a row that is too long does not hide other rows', () => {
  const markdown = comment([
    diffAccess({
      before: matrix(),
      after: matrix({ principals: [role('a'.repeat(70_000), { calls: [call()] }), role('b', { calls: [call()] })] }),
    }),
  ]);
  expect(markdown).toContain('<code>role b</code>');
  expect(markdown).toContain('\nand 2 more rows\n');
  expect(markdown.length).toBeLessThan(2_000);
});

test('a comment counts the environments that do not fit', () => {
  const many = Array.from({ length: 2_000 }, (_, i) => gains(2, `e${i}`));
  const markdown = comment(many);
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  const shown = markdown.split('\n').filter((line) => line.startsWith('### ')).length;
  const [, more = ''] = /\nand (\d+) more environments\n/.exec(markdown) ?? [];
  expect(shown + Number(more)).toBe(2_000);
});

test('long names, failures and command lines do not exceed the size of a comment', () => {
  const long = '<'.repeat(30_000);
  const failures = Array.from(
    { length: 1_000 },
    () => ({ environment: 'dev', choice: 'cost', because: long }) as const,
  );
  const markdown = diffComment(
    { base: side(long), head: side(long), environments: [gains(3_000)], failures, notLookedAt: [long] },
    long,
  );
  expect(markdown.length).toBeLessThanOrEqual(60_000);
  expect(markdown).toContain('✗ and 990 more');
  expect(markdown).toContain('run the same diff without --markdown to see it');
});

test.each([150, 300, 400, 500, 700, 1_000, 5_000])('a comment with a limit of %d characters is not longer', (limit) => {
  const part = (i: number) => ({
    heading: `### ${i}`,
    blocks: [{ head: ['', 'head'], rows: Array.from({ length: 10 }, (_, row) => `row ${row} `.repeat(row + 1)) }],
  });
  const rest = { head: [''], rows: ['rest'] };
  const markdown = fitComment(
    { before: ['marker'], parts: [part(1), part(2)], rest, after: ['', 'last'], seeAll: 'look' },
    limit,
  );
  expect(markdown.length).toBeLessThanOrEqual(limit);
});
