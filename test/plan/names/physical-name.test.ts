import { parameterName, stackName } from '../../../lib/plan/names/names';
import { physicalName } from '../../../lib/plan/names/physical-name';

/** Allowed names of an application inference profile (CloudFormation resource reference). */
const PROFILE_NAME = /^([0-9a-zA-Z][ _-]?)+$/;
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/;

test.each<[parts: string[], name: string]>([
  [['dev', 'boundary'], 'dev_boundary'],
  [['dev', 'support-chat', 'main', 'claude-sonnet-4-6', '1a2b3c'], 'dev_support-chat_main_claude-sonnet-4-6_1a2b3c'],
  [['dev', 'chat', 'gpt-oss-120b-1:0'], 'dev_chat_gpt-oss-120b-1-0'],
  [['dev', 'chat', 'github-.dot__name.-1a2b3c'], 'dev_chat_github-dot-name-1a2b3c'],
  [['dev', '{application}', 'probe'], 'dev_{application}_probe'],
])('the parts %j give the name %s', (parts, name) => {
  expect(physicalName(parts)).toBe(name);
});

test('a name of 64 characters is kept, and a longer one is cut and ends in a digest of all its parts', () => {
  const [fits, long, other] = ['a', 'aa', 'ab'].map((end) => physicalName(['e'.repeat(30), `${'a'.repeat(32)}${end}`]));
  expect(fits).toBe(`${'e'.repeat(30)}_${'a'.repeat(33)}`);
  expect(long).toBe(`${'e'.repeat(30)}_${'a'.repeat(26)}_ce8420`);
  expect(other).toBe(`${'e'.repeat(30)}_${'a'.repeat(26)}_a9964e`);
});

test('a name that is cut has no two separators in a row', () => {
  const names = Array.from({ length: 30 }, (_, i) => physicalName(['e'.repeat(40 + i), 'a-b-c-d-e', 'f'.repeat(30)]));
  expect(names.filter((name) => !PROFILE_NAME.test(name) || name.length > 64)).toEqual([]);
});

test('different parts give different names, which roles and profiles may have', () => {
  const words = ['a', 'b', 'a-b', 'ab', 'a1', 'n'.repeat(24), `${'n'.repeat(22)}-n`, 'from-1', 'claude-opus-4-6'];
  const lists = words.flatMap((a) =>
    words.flatMap((b) => [[a, b], ...words.flatMap((c) => [[a, b, c], ...words.map((d) => [a, b, c, d])])]),
  );
  const names = lists.map((parts) => physicalName(parts));
  expect(new Set(names).size).toBe(lists.length);
  expect(names.filter((name) => !ROLE_NAME.test(name) || !PROFILE_NAME.test(name))).toEqual([]);
});

test('stacks and parameters of different environments and applications have different names', () => {
  expect([stackName('a', 'b-c'), stackName('a-b', 'c')]).toEqual(['a--b-c', 'a-b--c']);
  expect([parameterName('dev'), parameterName('dev', 'chat', 'main')]).toEqual([
    '/bedrock-access/dev',
    '/bedrock-access/dev/chat/main',
  ]);
});
