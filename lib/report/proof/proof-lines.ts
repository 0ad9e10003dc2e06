import { visible } from '../../config/invisible';
import type { Coverage, Proof, Violation, ViolationKind } from '../../proof/finding/proof';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';

/** What became of `access/ENVIRONMENT.json`, the access matrix that is reviewed in pull requests. */
export interface MatrixFile {
  readonly file: string;
  readonly state: 'unchanged' | 'written' | 'stale' | 'absent' | 'not written';
}

/** What a proof was about and what became of its matrix. */
export interface ProofReport {
  readonly proof: Proof;
  /** The environment file, as messages call it. */
  readonly file: string;
  readonly matrix?: MatrixFile;
}

/** Violations that are shown; `--json` has them all. */
const SHOWN = 20;

/** A proof for people: the verdict, each violation with its witness, what was gone through and what was not. */
export function proofLines({ proof, file, matrix }: ProofReport, colours: Colours): readonly string[] {
  const { violations, coverage, environment } = proof;
  const hidden = violations.length - SHOWN;
  return [
    violations.length === 0
      ? colours.tone('good', `✓ proven  ${environment}: the templates grant exactly what ${visible(file)} asks for.`)
      : colours.tone('bad', `✗ ${counted(violations.length, 'violation')}  ${environment}: ${verdict(violations)}`),
    '',
    ...violations.slice(0, SHOWN).flatMap((v) => violationLines(v, colours)),
    ...(hidden > 0 ? [`  and ${hidden} more: see --json`, ''] : []),
    ...coverageLines(coverage, violations),
    ...addLines(proof),
    '',
    ...(matrix === undefined || (matrix.state === 'stale' && violations.length > 0)
      ? []
      : [matrixLine(matrix, colours)]),
  ];
}

function verdict(violations: readonly Violation[]): string {
  const found = new Set(violations.map(({ kind }) => VERDICTS[kind]));
  return `${VERDICT_ORDER.filter((words) => found.has(words)).join('; ')}.`;
}

const [MORE, OTHER_TRUST, LESS, OTHER_FILE, UNKNOWN] = [
  'somebody gets more than the file asks for',
  'a boundary or a trust policy is not the planned one',
  'somebody gets less than the file asks for',
  'the templates are not those of the file',
  'something is not understood, so nothing is proven of it',
] as const;
const VERDICT_ORDER = [MORE, OTHER_TRUST, LESS, OTHER_FILE, UNKNOWN];

const VERDICTS: Readonly<Record<ViolationKind, string>> = {
  excess: MORE,
  escalation: MORE,
  boundary: OTHER_TRUST,
  trust: OTHER_TRUST,
  missing: LESS,
  call: LESS,
  outer: LESS,
  resource: OTHER_FILE,
  coverage: OTHER_FILE,
  undecided: UNKNOWN,
};

function violationLines(violation: Violation, colours: Colours): readonly string[] {
  const { message, principals, witness, missing, classes, kind } = violation;
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['principals', principals.length > 1 ? principals.join(', ') : undefined],
    ['witness', witness && JSON.stringify(witness)],
    ['missing', missing && `in ${missing.policy}, the statement ${JSON.stringify(missing.statement)}`],
    [
      'also',
      classes > 1
        ? `${`${number(classes - 1)} more ${classes === 2 ? 'request' : 'requests'}, or classes of them`}`
        : undefined,
    ],
  ];
  return [
    colours.tone('bad', `  ✗ ${kind.padEnd(10)} ${visible(message)}`),
    ...entries.flatMap(([name, value]) => (value === undefined ? [] : [`      ${name.padEnd(10)} ${visible(value)}`])),
    '',
  ];
}

const number = (n: number): string => n.toLocaleString('en-US');

/** What was gone through, in the words every report of a proof has. */
export function coverageLines(coverage: Coverage, violations: readonly Violation[]): readonly string[] {
  const c = coverage;
  const wrong = violations.reduce((n, v) => n + v.classes, 0);
  const counts: readonly (readonly [string, number])[] = [
    ['intended and allowed', c.allowed],
    ['not intended and denied', c.denied],
    ['wrong', wrong],
    ['refused (not understood)', c.refused],
  ];
  return [
    `  ${c.principals} of ${c.plannedPrincipals} principals, ${c.existing} of ${c.plannedExisting} that exist already, ${c.profiles} of ${c.plannedProfiles} profiles, ${counted(c.boundaries, 'boundary').replace('boundarys', 'boundaries')}, ${counted(c.trustPolicies, 'trust policy').replace('policys', 'policies')}`,
    ...(c.plannedDenials === 0
      ? []
      : [
          `  ${c.denials} of ${counted(c.plannedDenials, 'application')} with a limit: at it no call through their own profiles, every other as before`,
        ]),
    `  ${c.understood} of ${c.statements} statements understood`,
    `  ${number(c.classes)} request classes, ${number(c.decisions)} decisions, ${number(c.calls)} whole calls (every reading of the system profile)`,
    ...counts.map(([what, n]) => `  ${what.padEnd(24)} ${number(n)}`),
    ...c.skipped.map((line) => `  not looked at: ${visible(line)}`),
  ];
}

function addLines({ adds }: Proof): readonly string[] {
  return adds.flatMap(({ principal, what }) => [
    '',
    `  ${principal} exists already: the templates add exactly what follows; its other policies were not seen.`,
    ...what.map((line) => `    ${visible(line)}`),
  ]);
}

function matrixLine({ file, state }: MatrixFile, colours: Colours): string {
  const lines: Readonly<Record<MatrixFile['state'], string>> = {
    unchanged: `Matrix ${file} is unchanged.`,
    written: `Matrix ${file} is written; commit it, so that a change of rights is seen in review.`,
    absent: `There is no matrix ${file} yet; keep one with --write, so that a change of rights is seen in review.`,
    stale: `✗ Matrix ${file} is stale: the access is another now. Look at the change and keep it with --write.`,
    'not written': `Matrix ${file} is not written: the access is not proven.`,
  };
  return state === 'stale' ? colours.tone('bad', lines[state]) : lines[state];
}
