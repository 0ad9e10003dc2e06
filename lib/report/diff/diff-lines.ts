import { CATALOG_DATE } from '../../catalog/catalog';
import { visible } from '../../config/invisible';
import { isBroader } from '../../proof/controls/width';
import { type AccessDiff, differs } from '../../proof/matrix/diff-access';
import type { DiffFailure } from '../../proof/matrix/diff-failures';
import type { Colours } from '../format/problem-lines';
import { table } from '../format/table';
import { controlWords } from './control-words';
import { moneyRows } from './diff-money-rows';
import { diffVerdict } from './diff-verdict';
import {
  callCells,
  gainsFirst,
  otherStatementsWords,
  principalWords,
  probeRoleWords,
  profileWords,
  signOf,
  wordOf,
} from './diff-words';

/** Two sides of a comparison, their differences, and the `--fail-on` conditions that the differences meet. */
export interface DiffReport {
  readonly base: DiffSide;
  readonly head: DiffSide;
  readonly environments: readonly AccessDiff[];
  readonly failures: readonly DiffFailure[];
  readonly notLookedAt: readonly string[];
}

/** The source of one side. */
export interface DiffSide {
  readonly shown: string;
  readonly kind: 'file' | 'assembly' | 'revision' | 'working tree';
  readonly knowsFile: boolean;
}

/** Describes a difference for people: for each environment the verdict, gained and lost access, profiles, and money. */
export function diffLines(report: DiffReport, colours: Colours): readonly string[] {
  const { environments, failures, notLookedAt } = report;
  return [
    ...environments.flatMap((diff, i) => [
      ...(i > 0 && environments.some(differs) ? [''] : []),
      ...environmentLines(diff, colours),
    ]),
    ...limits(report).map((line) => colours.tone('warning', `! ${visible(line)}`)),
    ...notLookedAt.map((line) => colours.tone('warning', `! not looked at: ${visible(line)}`)),
    ...(failures.length > 0 ? [''] : []),
    ...failures.map((f) => colours.tone('bad', `✗ ${visible(failureWords(f))}`)),
  ];
}

export function failureWords({ environment, choice, because }: DiffFailure): string {
  return `fails on ${choice}: ${environment}: ${because}`;
}

/** Lists what could not be compared. */
export function limits({ base, head, environments }: DiffReport): readonly string[] {
  const silent = [base, head].filter((side) => !side.knowsFile).map((side) => side.shown);
  return environments.some((diff) => diff.budgets === undefined)
    ? [`budgets and controls are not compared: a cdk.out folder does not have them (${silent.join(', ')})`]
    : [];
}

const same = (text: string): string => text;

function environmentLines(diff: AccessDiff, colours: Colours): readonly string[] {
  const { environment, changes, along, otherStatements, profiles, moved, controls = [] } = diff;
  const broader = moved !== undefined || [...changes, ...controls].some(isBroader);
  const calls = gainsFirst(changes.filter((c) => c.kind === 'call'));
  const principals = gainsFirst(changes.filter((c) => c.kind !== 'call'));
  const money = moneyRows(diff, same);
  const accessLines = [
    ...principals.map((c) => `${signOf(c)} ${principalWords(c, same)}`),
    ...(along.length === 0 ? [] : [`~ ${probeRoleWords(along)}`]),
    ...(otherStatements === 0 ? [] : [`~ ${otherStatementsWords(otherStatements)}`]),
  ];
  const profileLines = profiles.map((p) => profileWords(p, same).join(' '));
  return [
    colours.tone(
      broader ? 'warning' : differs(diff) ? 'strong' : 'good',
      visible(`${environment}: ${diffVerdict(diff)}`),
    ),
    ...(calls.length === 0
      ? []
      : [
          '',
          ...table(
            ['', 'application', 'who', 'may call', 'where', 'through'].map((heading) => ({ heading })),
            calls.map((c) => [`${signOf(c)} ${wordOf(c)}`, ...callCells(c, same)]),
          ),
        ]),
    ...block(accessLines),
    ...block(controls.map((c) => controlWords(c, same).join(' '))),
    ...block(profileLines),
    ...(money.length === 0
      ? []
      : [
          '',
          ...table(
            [
              { heading: `money (list prices of ${CATALOG_DATE})` },
              ...['before', 'after', 'change'].map((heading) => ({ heading, numbers: true })),
            ],
            money,
          ),
        ]),
  ];
}

function block(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', ...lines.map((line) => `  ${visible(line)}`)];
}
