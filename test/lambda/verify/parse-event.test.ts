import { parseEvent } from '../../../lambda/verify/parse-event';

test.each<[unknown, readonly string[] | undefined, boolean]>([
  [undefined, undefined, false],
  [null, undefined, false],
  [{}, undefined, false],
  [{ applications: undefined }, undefined, false],
  [{ applications: ['shop'] }, ['shop'], false],
  [{ scheduled: true }, undefined, true],
  [{ scheduled: true, applications: ['shop', 'search'] }, ['shop', 'search'], true],
])('%j requests the applications %j, scheduled: %p', (event, applications, scheduled) => {
  expect(parseEvent(event)).toEqual({ applications, scheduled, spreading: true });
});

test('with "spreading": false no answer is retried', () => {
  expect(parseEvent({ spreading: false })).toEqual({ applications: undefined, scheduled: false, spreading: false });
});

test.each([
  ['shop', 'the event is "shop"'],
  [['shop'], 'the event is ["shop"]'],
  [{ application: 'shop' }, 'the event has the unknown keys application'],
  [{ applications: [] }, 'the event has the applications []'],
  [{ applications: 'shop' }, 'the event has the applications "shop"'],
  [{ applications: null }, 'the event has the applications null'],
  [{ scheduled: false }, 'the event has scheduled false'],
  [{ scheduled: 'true' }, 'the event has scheduled "true"'],
  [{ spreading: true }, 'the event has spreading true'],
  [{ applications: ['shop', ''] }, 'the event has the applications ["shop",""]'],
])('%j is refused with the allowed forms', (event, message) => {
  expect(() => parseEvent(event)).toThrow(
    new Error(
      `${message}; allowed: nothing, {}, or { "applications": ["NAME", …] } with at least one name; in addition "scheduled": true from the schedule, and "spreading": false if no policy was changed recently`,
    ),
  );
});
