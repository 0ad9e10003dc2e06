import type { MatrixProfile } from '../../../lib/proof/matrix/access-matrix';
import { type ProfileChange, profileChanges } from '../../../lib/proof/matrix/diff-profiles';
import { matrix, profile } from './diff-matrices';

const a = profile();
const b = profile({ name: 'dev_chat_main_b', model: 'amazon.nova-pro-v1:0' });
const idle = (of: MatrixProfile): MatrixProfile => ({ ...of, served: false });

type Change = Omit<ProfileChange, 'application' | 'alias'>;

test.each<[title: string, before: MatrixProfile[], after: MatrixProfile[], expected: Change[]]>([
  ['equal profiles have no difference', [a, idle(b)], [idle(b), a], []],
  ['another model replaces the profile', [a], [b], [{ change: 'replaced', before: a, after: b }]],
  [
    'another routing of the same model replaces the profile',
    [a],
    [profile({ name: 'dev_chat_main_c', routing: 'global' })],
    [{ change: 'replaced', before: a, after: profile({ name: 'dev_chat_main_c', routing: 'global' }) }],
  ],
  [
    'a profile with the same name and another model replaces the profile',
    [a],
    [profile({ model: 'amazon.nova-pro-v1:0' })],
    [{ change: 'replaced', before: a, after: profile({ model: 'amazon.nova-pro-v1:0' }) }],
  ],
  ['a generation that is not served is added', [a], [a, idle(b)], [{ change: 'added', after: idle(b) }]],
  [
    'serving another generation moves the alias',
    [a, idle(b)],
    [idle(a), b],
    [{ change: 'moved', before: a, after: b }],
  ],
  [
    'an upgrade that keeps the old generation adds a profile and moves the alias',
    [a],
    [idle(a), b],
    [
      { change: 'moved', before: a, after: b },
      { change: 'added', after: b },
    ],
  ],
  [
    'an alias that moves back and loses the other generation replaces the profile',
    [idle(a), b],
    [a],
    [{ change: 'replaced', before: b, after: a }],
  ],
  [
    'moving an alias does not hide that a third generation goes',
    [a, idle(b), idle(profile({ name: 'c' }))],
    [idle(a), b],
    [
      { change: 'moved', before: a, after: b },
      { change: 'removed', before: idle(profile({ name: 'c' })) },
    ],
  ],
  ['a generation that is no longer served may be removed', [idle(a), b], [b], [{ change: 'removed', before: idle(a) }]],
  ['a new alias adds a profile', [], [a], [{ change: 'added', after: a }]],
  ['a removed alias removes its profile', [a], [], [{ change: 'removed', before: a }]],
  ['an alias may serve no profile any more', [a], [idle(a)], [{ change: 'unserved', before: a, after: idle(a) }]],
  ['an alias may serve its profile again', [idle(a)], [a], [{ change: 'served', before: idle(a), after: a }]],
])('%s', (_, before, after, expected) => {
  expect(profileChanges(matrix({ profiles: before }), matrix({ profiles: after }))).toEqual(
    expected.map((change) => ({ application: 'chat', alias: 'main', ...change })),
  );
});

test('the alias of another application is another alias', () => {
  const other = profile({ application: 'search' });
  expect(profileChanges(matrix({ profiles: [a] }), matrix({ profiles: [other] }))).toEqual([
    { application: 'chat', alias: 'main', change: 'removed', before: a },
    { application: 'search', alias: 'main', change: 'added', after: other },
  ]);
});

test.each([{ account: '999988887777' }, { region: 'eu-west-1' }])(
  'every served profile is replaced in an environment with %j',
  (place) => {
    const profiles = [a, idle(b)];
    expect(profileChanges(matrix({ profiles }), matrix({ profiles, ...place }))).toEqual([
      { application: 'chat', alias: 'main', change: 'replaced', before: a, after: a },
    ]);
  },
);
