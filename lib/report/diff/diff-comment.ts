import { CATALOG_DATE } from '../../catalog/catalog';
import { visible } from '../../config/invisible';
import type { AccessDiff } from '../../proof/matrix/diff-access';
import type { DiffFailure } from '../../proof/matrix/diff-failures';
import { controlWords } from './control-words';
import { type CommentBlock, fitComment } from './diff-comment-size';
import { type DiffReport, failureWords, limits } from './diff-lines';
import { moneyRows } from './diff-money-rows';
import { diffVerdict } from './diff-verdict';
import {
  callCells,
  gainsFirst,
  otherStatementsWords,
  principalWords,
  probeRoleWords,
  profileWords,
  type Sign,
  signOf,
  wordOf,
} from './diff-words';

const SIGNS: Readonly<Record<Sign, string>> = { '+': '➕', '~': '±', '-': '➖' };

/** Writes foreign text as code in a GitHub comment, so that it is no markup, HTML, formula, line break or mention. */
function code(text: string): string {
  const plain = visible(text)
    .replace(/[\\`*_{}[\]<>()#+!|~&@$'":]/g, (c) => `&#${c.charCodeAt(0)};`)
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`);
  return `<code>${plain}</code>`;
}

/**
 * Writes a difference as a comment on a pull request, of at most 60,000 characters. It begins with a marker, by which a
 * program can find the comment again.
 *
 * @param command command line that shows the whole difference
 */
export function diffComment(report: DiffReport, command: string): string {
  const { environments, base, head, failures, notLookedAt } = report;
  const [one] = environments;
  const marker =
    environments.length === 1 && one !== undefined
      ? `<!-- bedrock-access:diff:${one.environment} -->`
      : '<!-- bedrock-access:diff -->';
  return fitComment({
    before: [marker],
    parts: environments.map((diff) => ({
      heading: `### Bedrock access · ${diff.environment}: **${diffVerdict(diff).replaceAll('$', '&#36;')}**`,
      blocks: blocksOf(diff),
    })),
    rest: { head: [''], rows: notLookedAt.map((line) => `- not looked at: ${code(line)}`) },
    after: [
      '',
      ...failureLines(failures),
      ...limits(report).map(code),
      `Base ${code(short(base.shown))}, head ${code(short(head.shown))}. A change of the access matrix changes who can call what.`,
    ],
    seeAll: command.length > 300 ? 'run the same diff without --markdown to see it' : `run ${code(command)} to see it`,
  });
}

const SHOWN_FAILURES = 10;

function failureLines(failures: readonly DiffFailure[]): readonly string[] {
  const more = failures.length - SHOWN_FAILURES;
  return [
    ...failures.slice(0, SHOWN_FAILURES).flatMap((f) => [`✗ ${code(short(failureWords(f)))}`, '']),
    ...(more > 0 ? [`✗ and ${more} more`, ''] : []),
  ];
}

/** Shortens the name of a file or a revision, which may have any length. */
function short(text: string): string {
  return text.length > 150 ? `${text.slice(0, 149)}…` : text;
}

function tableBlock(columns: readonly string[], rules: string, rows: readonly (readonly string[])[]): CommentBlock {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return { head: ['', line(columns), rules], rows: rows.map(line) };
}

function blocksOf(diff: AccessDiff): readonly CommentBlock[] {
  const { changes, along, otherStatements, profiles, controls = [] } = diff;
  const calls = gainsFirst(changes.filter((c) => c.kind === 'call'));
  const principals = gainsFirst(changes.filter((c) => c.kind !== 'call'));
  const item = (sign: Sign, words: string): string => `- ${SIGNS[sign]} ${words}`;
  return [
    tableBlock(
      ['', 'application', 'who', 'may call', 'where', 'through'],
      '|---|---|---|---|---|---|',
      calls.map((c) => [`${SIGNS[signOf(c)]} ${wordOf(c)}`, ...callCells(c, code)]),
    ),
    {
      head: [''],
      rows: [
        ...principals.map((c) => item(signOf(c), principalWords(c, code))),
        ...(along.length === 0 ? [] : [item('~', probeRoleWords(along))]),
        ...(otherStatements === 0 ? [] : [item('~', otherStatementsWords(otherStatements))]),
      ],
    },
    { head: ['', '**Controls**', ''], rows: controls.map((c) => item(...controlWords(c, code))) },
    {
      head: ['', '**Profiles**', ''],
      rows: [
        ...profiles.map((p) => item(...profileWords(p, code))),
        ...(profiles.some((p) => p.change === 'replaced')
          ? ["- callers that read the alias's parameter switch by themselves; an ARN in their settings must be changed"]
          : []),
      ],
    },
    tableBlock(
      [`money (list prices of ${CATALOG_DATE})`, 'before', 'after', 'change'],
      '|---|--:|--:|--:|',
      moneyRows(diff, code).map((row) => row.map((cell) => cell.replaceAll('$', '&#36;'))),
    ),
  ];
}
