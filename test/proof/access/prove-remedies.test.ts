import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { proveAccess } from '../../../lib/proof/access/prove-access';
import type { Violation } from '../../../lib/proof/finding/proof';
import { withLines } from '../../../lib/proof/finding/with-lines';
import { application, environment, testEnvironment } from '../../plan/environments';
import { PROJECT } from '../../project';
import { sharedAssembly } from '../../stacks/shared-assembly';
import { type ChangeStatements, type MutableStatement, withPolicy, withTrust } from '../mutations/mutated-account';

const SONNET = { model: 'anthropic.claude-sonnet-4-6', routing: 'us' };
const NOVA = { model: 'amazon.nova-lite-v1:0', routing: 'regional' };

/** Two applications with the same models, one of them with two aliases for one model, and pods of EKS. */
const file = environment({
  first: application({ models: { main: SONNET, fast: NOVA }, principals: [{ role: 'first-api' }] }),
  second: application({
    models: { main: SONNET, again: SONNET, fast: NOVA },
    principals: [{ pods: { cluster: 'shop', namespace: 'chat', serviceAccount: 'api' } }, { role: 'second-api' }],
    guardrail: { id: 'abcdefgh1234', version: '1' },
  }),
});
const plan = planAccess(file);
const account = readTemplateAccount(sharedAssembly(plan), 'dev');

function violations(changed: typeof account): readonly Violation[] {
  return withLines(proveAccess(plan, changed).violations, file);
}

const STREAM = 'bedrock:InvokeModelWithResponseStream';
const generationOf = (name: string, alias: string): string =>
  plan.applications.find((a) => a.name === name)?.generations.find((g) => g.alias === alias)?.generation ?? '';

function without(action: string, end: string): ChangeStatements {
  return (statements) => {
    const found = statements.find((s) => s.Sid?.endsWith(end));
    Object.assign(found ?? {}, { Action: [found?.Action ?? []].flat().filter((a) => a !== action) });
  };
}

function removed(end: string): ChangeStatements {
  return (statements: MutableStatement[]) => {
    statements.splice(
      statements.findIndex((s) => s.Sid?.endsWith(end)),
      1,
    );
  };
}

type Lacking = readonly [
  title: string,
  application: 'first' | 'second',
  alias: string,
  change: ChangeStatements,
  sid: string,
  actions: readonly string[],
];

const sid = (name: string, alias: string, end: string): string => `${generationOf(name, alias)}${end}`;

const lacking: readonly Lacking[] = (['first', 'second'] as const).flatMap((name): readonly Lacking[] => [
  ...['SystemProfile', 'Model', 'Profile'].map((end): Lacking => {
    const whole = sid(name, 'main', end);
    return [`streams of ${name}/main at its ${end}`, name, 'main', without(STREAM, whole), whole, [STREAM]];
  }),
  [
    `lookups of the profile of ${name}/fast`,
    name,
    'fast',
    without('bedrock:GetInferenceProfile', sid(name, 'fast', 'Profile')),
    sid(name, 'fast', 'Profile'),
    ['bedrock:GetInferenceProfile'],
  ],
  [
    `the model of ${name}/fast`,
    name,
    'fast',
    removed(sid(name, 'fast', 'Model')),
    sid(name, 'fast', 'Model'),
    ['bedrock:InvokeModel', STREAM],
  ],
]);

test.each(lacking)(
  'a policy without %s is named with the Sid, the alias and the line that ask for it',
  (_title, name, alias, change, end, actions) => {
    const found = violations(withPolicy(account, `dev_${name}_access-1`, change));
    const missing = found.flatMap((v) => (v.missing === undefined ? [] : [v.missing]));
    expect(found.map((v) => v.kind)).toEqual(missing.map(() => 'missing'));
    expect(missing.length).toBeGreaterThan(0);
    for (const { policy, statement, alias: named, line } of missing) {
      expect(policy).toBe(`arn:aws:iam::111122223333:policy/bedrock-access/dev/dev_${name}_access-1`);
      expect(statement.Sid.endsWith(end)).toBe(true);
      expect('Action' in statement && statement.Action).toEqual(actions);
      expect([named, line]).toEqual([`${name}/${alias}`, 'dev.yaml:1']);
    }
  },
);

test('a statement that serves a whole application is named without an alias', () => {
  const found = violations(withPolicy(account, 'dev_second_access-1', removed('ApplyGuardrail')));
  expect(found.map((v) => [v.missing?.statement.Sid, v.missing?.alias])).toEqual([['ApplyGuardrail', undefined]]);
});

const PODS = plan.applications[1]?.roles[0]?.name ?? '';

test('a role for pods of EKS trusts them to assume it and to tag sessions', () => {
  expect(violations(account)).toEqual([]);
  expect(plan.applications[1]?.roles[0]?.trust.map(({ Principal, Action }) => [Principal, Action])).toEqual([
    [{ Service: 'pods.eks.amazonaws.com' }, ['sts:AssumeRole', 'sts:TagSession']],
  ]);
});

test.each([
  ['without sts:TagSession', ['sts:AssumeRole'], 'cannot tag sessions of'],
  ['without sts:AssumeRole', ['sts:TagSession'], 'cannot assume'],
  [
    'that lets the source identity be set',
    ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    'can set the source identity of sessions of',
  ],
])('a trust policy for pods %s is found', (_title, actions, words) => {
  const found = violations(withTrust(account, PODS, ([s]) => Object.assign(s ?? {}, { Action: actions })));
  expect(found.map((v) => [v.kind, v.message.includes(`pods.eks.amazonaws.com ${words} role ${PODS}`)])).toEqual([
    ['trust', true],
  ]);
});

test('the line of an alias is the line on which the file names it', () => {
  const { aliasLines } = testEnvironment('dev');
  const text = readFileSync(join(PROJECT, 'environments/dev.yaml'), 'utf8').split('\n');
  const named = Object.entries(aliasLines).map(([alias, line]) => [alias.split('/')[1], text[line - 1]]);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter(([alias, line]) => !line?.trim().startsWith(`${alias}:`))).toEqual([]);
});
