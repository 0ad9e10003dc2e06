import { proveAccess } from '../../../lib/proof/access/prove-access';
import { type MutableStatement, withPolicy, withPrincipal, withTrust } from '../mutations/mutated-account';
import { plannedAccount } from '../planned-account';
import cases from './undecided.json';

const { plan, account } = plannedAccount('dev', 'support-chat');
const POLICY = 'dev_support-chat_access-1';
const LAMBDA = 'dev_support-chat_lambda';

/**
 * Adds a statement that is not supported, that IAM would refuse, or that AWS does not document. `null` leaves an
 * element out.
 */
function added(statement: object): (statements: MutableStatement[]) => void {
  const whole = { Sid: 'Extra', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::a/b', ...statement };
  const kept = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== null));
  return (statements) => statements.push(kept as MutableStatement);
}

function undecided(changed: typeof account): string | undefined {
  return proveAccess(plan, changed).violations.find((v) => v.kind === 'undecided')?.message;
}

test.each(cases)('the proof is undecided if $title', ({ statement, reason }) => {
  const message = undecided(withPolicy(account, POLICY, added(statement))) ?? '';
  expect(message.split(/: policy dev_support-chat_access-1 Sid \w+: /)[1]).toBe(reason);
});

test.each(cases)('the proof of a boundary is undecided if $title', ({ statement }) => {
  const changed = withPolicy(account, 'dev_boundary', added({ Effect: 'Deny', ...statement }));
  expect(proveAccess(plan, changed).violations).not.toEqual([]);
});

test.each([
  [{ Version: '2020-01-01', Statement: [] }, "Version is '2020-01-01'; it must be '2012-10-17' or '2008-10-17'"],
  [{ Version: '2012-10-17' }, 'Statement holds undefined; it must hold objects'],
  ['{}', "the policy is '{}'; it must be an object"],
  [undefined, 'it is attached but defined in no template; detach it, or define it in the template of its principal'],
])('the proof is undecided if a policy is %j', (document, reason) => {
  const policies = [{ name: 'extra', document }];
  const changed = withPrincipal(account, LAMBDA, (p) => ({ ...p, policies: [...p.policies, ...policies] }));
  expect(undecided(changed)).toBe(`role ${LAMBDA} cannot be judged: policy extra: ${reason}`);
});

test('the proof is undecided if patterns make too many request classes', () => {
  const Action = Array.from({ length: 14 }, (_, i) => `s3:*${'abcdefghijklmn'[i]}*${'opqrstuvwxyz01'[i]}*`);
  expect(undecided(withPolicy(account, POLICY, added({ Action })))).toMatch(
    /: the patterns need more than 20000 states; use fewer wildcards$/,
  );
});

test('the proof is undecided if an operator of a trust policy is not supported', () => {
  const changed = withTrust(account, LAMBDA, ([statement]) => {
    Object.assign(statement ?? {}, { Condition: { BinaryEquals: { 'aws:SourceIp': 'QUJD' } } });
  });
  expect(undecided(changed)).toBe(
    `who may assume role ${LAMBDA} cannot be decided: Condition operator 'BinaryEquals' is not supported; use a string, ARN, Bool, Null, numeric, date or IP address operator`,
  );
});

test.each([
  [
    'an address and text with wildcards',
    { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' }, StringLike: { 'aws:SourceIp': '10.1.*' } },
    'aws:sourceip is compared as IpAddress and as text with wildcards; use IpAddress operators alone',
  ],
  [
    'a number and a time',
    { NumericLessThan: { 'aws:EpochTime': '1' }, DateLessThan: { 'aws:EpochTime': '2027-01-01' } },
    'aws:epochtime is compared as Numeric and as Date; use one kind of operator for it',
  ],
  [
    'a set of many values',
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': [...'abcdefghijkl'] } },
    'a key with several values has 14 values that the conditions distinguish; at most 10 are combined',
  ],
])('the proof is undecided if a trust policy compares a key as %s', (_title, Condition, reason) => {
  const changed = withTrust(account, LAMBDA, ([statement]) => {
    Object.assign(statement ?? {}, { Condition });
  });
  expect(undecided(changed)).toBe(`who may assume role ${LAMBDA} cannot be decided: ${reason}`);
});

test('the proof is undecided if a trust policy has conditions on too many keys', () => {
  const keys = Array.from('abcdefghij', (letter) => [`aws:RequestTag/${letter}`, 'v']);
  const changed = withTrust(account, LAMBDA, ([statement]) => {
    Object.assign(statement ?? {}, { Condition: { StringEquals: Object.fromEntries(keys) } });
  });
  expect(undecided(changed)).toBe(
    `who may assume role ${LAMBDA} cannot be decided: it distinguishes more than 100000 requests`,
  );
});
