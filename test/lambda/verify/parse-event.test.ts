import { parseEvent } from '../../../lambda/verify/parse-event';

test.each([
  [undefined, undefined],
  [null, undefined],
  [{}, undefined],
  [{ applications: undefined }, undefined],
  [{ applications: ['shop'] }, ['shop']],
])('%j asks for %j', (event, applications) => {
  expect(parseEvent(event)).toEqual(applications);
});

test.each([
  ['shop', 'the event is "shop"'],
  [['shop'], 'the event is ["shop"]'],
  [{ application: 'shop' }, 'the event has the unknown keys application'],
  [{ applications: [] }, 'the event has the applications []'],
  [{ applications: 'shop' }, 'the event has the applications "shop"'],
  [{ applications: null }, 'the event has the applications null'],
  [{ applications: ['shop', ''] }, 'the event has the applications ["shop",""]'],
])('%j is refused with what is allowed', (event, message) => {
  expect(() => parseEvent(event)).toThrow(
    new Error(`${message}; allowed: nothing, {}, or { "applications": ["NAME", …] } with at least one name`),
  );
});
