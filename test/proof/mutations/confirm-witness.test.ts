import { proveAccess } from '../../../lib/proof/access/prove-access';
import { plannedAccount } from '../planned-account';
import { isConfirmed, isConfirmedByEngine } from './confirm-witness';
import { type ChangeStatements, statement, withTrust } from './mutated-account';

const { plan, account } = plannedAccount('dev');
const OTHER = 'dev_document-search_from-444455556666';
const GITHUB = 'dev_code-review_github-code-review-677acd';

const tagKeys =
  (operator: string, ...keys: readonly string[]): ChangeStatements =>
  (all) => {
    statement(all, 'TagSession').Condition = { [operator]: { 'aws:TagKeys': [...keys] } };
  };
const drop: ChangeStatements = (all) => {
  all.splice(all.indexOf(statement(all, 'TagSession')), 1);
};

test.each<[title: string, role: string, change: ChangeStatements]>([
  ['another account cannot tag sessions', OTHER, drop],
  ['a token of GitHub cannot tag sessions', GITHUB, drop],
  ['the tag of the cost centre is allowed', OTHER, tagKeys('ForAllValues:StringEquals', 'User', 'Job', 'CostCenter')],
  ['a tag is no longer allowed', GITHUB, tagKeys('ForAllValues:StringEquals', 'User')],
  ['one allowed tag is enough', GITHUB, tagKeys('ForAnyValue:StringEquals', 'User', 'Job')],
  ['everybody may tag sessions', OTHER, (all) => Object.assign(statement(all, 'TagSession'), { Principal: '*' })],
])('both other evaluators confirm the witness if %s', async (_, role, change) => {
  const after = withTrust(account, role, change);
  const trust = proveAccess(plan, after).violations.filter((v) => v.kind === 'trust');
  expect(trust).not.toEqual([]);
  for (const violation of trust) {
    expect([isConfirmed(violation, account, after), isConfirmed(violation, account, account)]).toEqual([true, false]);
    expect(await isConfirmedByEngine(violation, account, after)).toBe(true);
  }
});

test('a witness without a caller is an error', () => {
  const after = withTrust(account, OTHER, drop);
  const violation = proveAccess(plan, after).violations.find((v) => v.kind === 'trust');
  expect(violation).toBeDefined();
  const withoutCaller = { ...violation, message: 'somebody does something' } as NonNullable<typeof violation>;
  expect(() => isConfirmed(withoutCaller, account, after)).toThrow(
    'the message names no caller: somebody does something',
  );
});
