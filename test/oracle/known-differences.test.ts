import { KNOWN_DIFFERENCES } from './known-differences';

test.each(KNOWN_DIFFERENCES)(
  'the documentation of AWS is quoted for: $construct',
  ({ source, sentences, engines, condition, text }) => {
    expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/\S+$/);
    expect(sentences.filter((sentence) => sentence.length > 20)).not.toEqual([]);
    expect(engines).not.toEqual([]);
    expect([condition, text].filter((looksFor) => looksFor !== undefined)).toHaveLength(1);
  },
);

test('every construct is listed once', () => {
  const constructs = KNOWN_DIFFERENCES.map(({ construct }) => construct);
  expect(new Set(constructs).size).toBe(constructs.length);
});
