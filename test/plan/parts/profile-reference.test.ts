import { profileReference, resolveProfiles } from '../../../lib/plan/parts/profile-reference';
import { application, place, planOf } from '../environments';

const main = profileReference(place, 'dev_chat_main');

test('a reference is an ARN with the name of the profile in place of its id', () => {
  expect(main).toBe('arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/{dev_chat_main}');
});

test('references at every depth are resolved, and other text is kept', () => {
  const value = {
    text: main,
    list: [main, 'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcdefgh1234', `x ${main}`],
    map: { condition: { [main]: main }, number: 1, nothing: null, no: false },
  };
  expect(resolveProfiles(value, (name) => `<${name}>`)).toEqual({
    text: '<dev_chat_main>',
    list: [
      '<dev_chat_main>',
      'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abcdefgh1234',
      `x ${main}`,
    ],
    map: { condition: { [main]: '<dev_chat_main>' }, number: 1, nothing: null, no: false },
  });
});

test('a resolved plan has no reference, except where the id of a profile is used', () => {
  const previous = { model: 'amazon.nova-micro-v1:0', routing: 'us' };
  const models = { main: { model: 'amazon.nova-lite-v1:0', routing: 'us', previous } };
  const resolved = resolveProfiles(planOf({ chat: application({ models }) }), () => 'resolved');
  const others = JSON.stringify(resolved, (key, value) =>
    ['alarms', 'dashboards', 'profileIds'].includes(key) ? undefined : value,
  );
  expect(others).not.toContain('{dev_chat');
  expect(JSON.stringify(resolved).match(/"resolved"/g)?.length).toBeGreaterThan(10);
});
