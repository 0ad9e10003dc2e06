import { visible } from '../../config/invisible';
import type { Coverage, Proof, Violation, ViolationKind } from '../../proof/finding/proof';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';

/** State of `access/ENVIRONMENT.json`, the access matrix that people review in pull requests. */
export interface MatrixFile {
  readonly file: string;
  readonly state: 'unchanged' | 'written' | 'stale' | 'absent' | 'not written';
}

/** A proof with its environment file and the state of its matrix. */
export interface ProofReport {
  readonly proof: Proof;
  /** Path of the environment file, as messages show it. */
  readonly file: string;
  readonly matrix?: MatrixFile;
}

/** Number of violations that are shown. `--json` lists all of them. */
const SHOWN_VIOLATIONS = 20;

/** Describes a proof for people: the verdict, each violation with its witness, and what was and was not examined. */
export function proofLines({ proof, file, matrix }: ProofReport, colours: Colours): readonly string[] {
  const { violations, coverage, environment } = proof;
  const hidden = violations.length - SHOWN_VIOLATIONS;
  return [
    violations.length === 0
      ? colours.tone('good', `✓ proven  ${environment}: the templates grant exactly what ${visible(file)} asks for.`)
      : colours.tone('bad', `✗ ${counted(violations.length, 'violation')}  ${environment}: ${verdict(violations)}`),
    '',
    ...violations.slice(0, SHOWN_VIOLATIONS).flatMap((v) => violationLines(v, colours)),
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
  'a principal can do more than the file asks for',
  'a boundary or a trust policy is not the planned one',
  'a principal can do less than the file asks for',
  'the templates do not match the file',
  'a part of the templates was not understood and is not proven',
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
        ? `${number(classes - 1)} more ${classes === 2 ? 'request or request class' : 'requests or request classes'}`
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

/** Counts what a proof examined, in the same words for every report. */
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
    `  ${c.principals} of ${c.plannedPrincipals} principals, ${c.existing} of ${c.plannedExisting} existing principals, ${c.profiles} of ${c.plannedProfiles} profiles, ${counted(c.boundaries, 'boundary').replace('boundarys', 'boundaries')}, ${counted(c.trustPolicies, 'trust policy').replace('policys', 'policies')}`,
    ...(c.plannedDenials === 0
      ? []
      : [
          `  ${c.denials} of ${counted(c.plannedDenials, 'application')} with a limit: at the limit, calls through their own profiles are denied and all other calls stay as before`,
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
    `  ${principal} exists already: the templates add exactly the following; its other policies were not examined.`,
    ...what.map((line) => `    ${visible(line)}`),
  ]);
}

function matrixLine({ file, state }: MatrixFile, colours: Colours): string {
  const lines: Readonly<Record<MatrixFile['state'], string>> = {
    unchanged: `Matrix ${file} is unchanged.`,
    written: `Matrix ${file} is written. Commit it, so that reviewers see every change of access.`,
    absent: `There is no matrix ${file} yet. Write it with --write, so that reviewers see every change of access.`,
    stale: `✗ Matrix ${file} is stale: access has changed. Review the change and accept it with --write.`,
    'not written': `Matrix ${file} is not written: the access is not proven.`,
  };
  return state === 'stale' ? colours.tone('bad', lines[state]) : lines[state];
}
