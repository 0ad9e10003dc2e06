import { visible } from '../../config/invisible';
import type { Coverage, DeniedKind, Proof, Violation, ViolationKind } from '../../proof/finding/proof';
import { counted } from '../format/counted';
import { missingText } from '../format/missing-text';
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
/** Number of differences of an assembly among them. They must not hide what a principal can do. */
const SHOWN_DIFFERENCES = 10;
/** Longest place and longest value of a difference, so that its line fits into 80 columns. */
const VALUE_LENGTH = 63;
/** Length of the part of a long place that is shown after the part that is left out. */
const PLACE_END = 42;

/** Describes a proof for people: the verdict, each violation with its witness, and what was and was not examined. */
export function proofLines({ proof, file, matrix }: ProofReport, colours: Colours): readonly string[] {
  const { violations, coverage, environment } = proof;
  const shown = shownViolations(violations);
  const hidden = violations.length - shown.length;
  return [
    violations.length === 0
      ? colours.tone('good', `✓ proven  ${environment}: the templates grant exactly what ${visible(file)} asks for.`)
      : colours.tone('bad', `✗ ${counted(violations.length, 'violation')}  ${environment}: ${verdict(violations)}`),
    '',
    ...shown.flatMap((v) => violationLines(v, colours)),
    ...(violations.some(({ kind }) => kind === 'assembly')
      ? ['  Synthesize again with npx cdk synth, or find out who changed the assembly.', '']
      : []),
    ...(hidden > 0 ? [`  and ${hidden} more: see --json`, ''] : []),
    ...coverageLines(coverage, violations),
    ...addLines(proof),
    '',
    ...(matrix === undefined || (matrix.state === 'stale' && violations.length > 0)
      ? []
      : [matrixLine(matrix, colours)]),
  ];
}

function shownViolations(violations: readonly Violation[]): readonly Violation[] {
  const differences = violations.filter(({ kind }) => kind === 'assembly').slice(SHOWN_DIFFERENCES);
  return violations.filter((v) => !differences.includes(v)).slice(0, SHOWN_VIOLATIONS);
}

function verdict(violations: readonly Violation[]): string {
  const found = new Set(violations.map(({ kind }) => VERDICTS[kind]));
  return `${VERDICT_ORDER.filter((words) => found.has(words)).join('; ')}.`;
}

const [MORE, OTHER_TRUST, OTHER_ASSEMBLY, LESS, OTHER_FILE, UNKNOWN] = [
  'a principal can do more than the file asks for',
  'a boundary or a trust policy is not the planned one',
  'the assembly is not what this checkout synthesizes',
  'a principal can do less than the file asks for',
  'the templates do not match the file',
  'a part of the templates was not understood and is not proven',
] as const;
const VERDICT_ORDER = [MORE, OTHER_TRUST, OTHER_ASSEMBLY, LESS, OTHER_FILE, UNKNOWN];

const VERDICTS: Readonly<Record<ViolationKind, string>> = {
  excess: MORE,
  escalation: MORE,
  boundary: OTHER_TRUST,
  trust: OTHER_TRUST,
  assembly: OTHER_ASSEMBLY,
  missing: LESS,
  call: LESS,
  outer: LESS,
  resource: OTHER_FILE,
  coverage: OTHER_FILE,
  undecided: UNKNOWN,
};

function violationLines(violation: Violation, colours: Colours): readonly string[] {
  const { message, principals, witness, missing, classes, kind, difference, denied = [], remedies = [] } = violation;
  const entries: readonly (readonly [string, string | undefined])[] = [
    ['at', difference?.path ? shortPlace(difference.path) : undefined],
    ['found', difference && shortened(difference.found)],
    ['expected', difference && shortened(difference.expected)],
    ['principals', principals.length > 1 ? principals.join(', ') : undefined],
    ['witness', witness && JSON.stringify(witness)],
    ['missing', missing && missingText(missing)],
    ...(denied.length > 1 ? denied.map((kind) => ['fails', deniedText(kind)] as const) : []),
    ...remedies.flatMap(({ change, statement, opens }) => [
      ['remedy', change] as const,
      ['statement', statement && JSON.stringify(statement)] as const,
      ['opens', opens] as const,
    ]),
    [
      'also',
      classes > 1
        ? `${number(classes - 1)} more ${classes === 2 ? 'request or request class' : 'requests or request classes'}`
        : undefined,
    ],
  ];
  return [
    colours.tone('bad', `  ✗ ${kind.padEnd(10)} ${visible(difference ? shortPlace(difference.place) : message)}`),
    ...entries.flatMap(([name, value]) => (value === undefined ? [] : [`      ${name.padEnd(10)} ${visible(value)}`])),
    '',
  ];
}

/** Leaves out the middle: the beginning of a place says which file or stack, the end says which property. */
function shortPlace(place: string): string {
  return place.length > VALUE_LENGTH
    ? `${place.slice(0, VALUE_LENGTH - PLACE_END - 1)}…${place.slice(-PLACE_END)}`
    : place;
}

function shortened(value: string): string {
  return value.length > VALUE_LENGTH ? `${value.slice(0, VALUE_LENGTH - 1)}…` : value;
}

/** Says one kind of denied request, such as `calls: bedrock:InvokeModel on foundation model (us-east-2)`. */
function deniedText({ breaks, action, on, reading, regions, requests }: DeniedKind): string {
  const under = reading === undefined ? '' : `, if Bedrock checks it (${reading})`;
  return `${breaks}: ${action} on ${on} (${regions.join(', ')})${under}: ${counted(requests, 'request')}`;
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
