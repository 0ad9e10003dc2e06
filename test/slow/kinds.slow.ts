import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

/** A new kind, the file that lists the kinds, and the files in which the compiler then asks for a decision. */
interface NewKind {
  readonly kind: string;
  readonly file: string;
  /** Text of the file before which the kind is added. It occurs once. */
  readonly before: string;
  readonly added: string;
  readonly asks: readonly string[];
}

const NEW_KINDS: readonly NewKind[] = [
  {
    kind: 'a principal',
    file: 'lib/config/principals/principal-schema.ts',
    before: '  service,\n',
    added: "  robot: z.strictObject({ robot: z.string() }).transform((p) => ({ kind: 'robot' as const, ...p })),\n",
    asks: [
      'lib/config/principals/check-principals.ts',
      'lib/config/principals/principal-schema.ts',
      'lib/plan/application/principal-roles.ts',
      'lib/plan/application/trust/trust.ts',
      'lib/proof/access/prove-further.ts',
      'lib/proof/intent/trust/trust-intent.ts',
      'lib/proof/verification/trust/session-tag-cases.ts',
      'lib/proof/verification/trust/trust-cases.ts',
      'lib/report/plan/access-plan-schema.ts',
      'lib/report/plan/plan-schema.ts',
      'lib/report/verification/trust-results.ts',
    ],
  },
  {
    kind: 'a probe that must be allowed',
    file: 'lambda/aliases/alias.ts',
    before: "  'embed',\n] as const;",
    added: "  'rerank',\n",
    asks: ['lib/plan/application/allowed-probes.ts', 'lib/plan/cost/probe-cost.ts'],
  },
  {
    kind: 'a probe that must be denied',
    file: 'lambda/verify/result.ts',
    before: "  'other-tier',\n] as const;",
    added: "  'batch',\n",
    asks: [
      'lambda/verify/probes/judge.ts',
      'lib/plan/application/probe-plan.ts',
      'lib/report/verification/probe-words.ts',
    ],
  },
  {
    kind: 'a probe that a file may name',
    file: 'lib/config/environment-schema.ts',
    before: "'document'] as const satisfies readonly AllowedProbe[];",
    added: "'cache', ",
    asks: ['lib/plan/application/allowed-probes.ts'],
  },
  {
    kind: 'a key of the environment file',
    file: 'lib/config/environment-schema.ts',
    before: '  contact: email,\n',
    added: '  nickname: z.string().optional(),\n',
    asks: ['lib/proof/controls/reviewed-fields.ts'],
  },
  {
    kind: 'a key of an application',
    file: 'lib/config/environment-schema.ts',
    before: '  budget: budget.optional(),\n',
    added: '  nickname: z.strictObject({ short: z.string() }).optional(),\n',
    asks: ['lib/proof/controls/reviewed-fields.ts'],
  },
  {
    kind: 'a metric that no function writes',
    file: 'lib/plan/parts/metric-plan.ts',
    before: "  QuotaUsedPercent: ['Maximum', 'Percent'],",
    added: "  Refusals: ['Sum', 'Count'],\n",
    asks: ['lib/plan/parts/metric-plan.ts', 'lib/report/plan/sample-values.ts'],
  },
  {
    kind: 'a metric of the meter',
    file: 'lambda/meter/documents.ts',
    before: "  | 'QuotaUsedPercent'",
    added: "  | 'Refusals'\n",
    asks: ['lib/plan/parts/metric-plan.ts'],
  },
  {
    kind: 'a reach of routings',
    file: 'lib/catalog/routing.ts',
    before: "'region' | 'geography' | 'world';",
    added: "'continent' | ",
    asks: ['lib/catalog/catalog.ts'],
  },
  {
    kind: 'an output format',
    file: 'lib/cli/terminal/parse-arguments.ts',
    before: "'.html'] as const;",
    added: "'.sarif', ",
    asks: ['lib/cli/terminal/give-results.ts'],
  },
  {
    kind: 'a violation',
    file: 'lib/proof/finding/proof.ts',
    before: "  'call',\n] as const;",
    added: "  'drift',\n",
    asks: ['lib/report/proof/proof-lines.ts'],
  },
];

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));
for (const name of ['aws', 'bin', 'lambda', 'lib', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
  cpSync(join(ROOT, name), join(folder, name), { recursive: true });
}
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Returns the files in which the compiler finds an error. */
function filesWithErrors(): readonly string[] {
  const tsc = join(ROOT, 'node_modules', '.bin', 'tsc');
  const { stdout } = spawnSync(
    tsc,
    ['-p', 'tsconfig.build.json', '--noEmit', '--declaration', 'false', '--pretty', 'false'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const files = stdout.split('\n').flatMap((line) => /^(\S+?)\(\d+,\d+\): error/.exec(line)?.[1] ?? []);
  return [...new Set(files)].sort();
}

test('the sources compile as they are', () => {
  expect(filesWithErrors()).toEqual([]);
});

test.each(NEW_KINDS)('does not compile: $kind in its list alone', ({ file, before, added, asks }) => {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  expect(source.split(before)).toHaveLength(2);
  try {
    writeFileSync(
      path,
      source.replace(before, (text) => added + text),
    );
    expect(filesWithErrors()).toEqual(asks);
  } finally {
    writeFileSync(path, source);
  }
});
