import { parseAlias } from '../../../lambda/aliases/parse-alias';

const generation = { generation: 'g', profileArn: 'arn:p', modelId: 'm', routing: 'us', probes: ['text'] };
const value = { profileArn: 'arn:p', modelId: 'm', routing: 'us', generation: 'g', generations: [generation] };
const parse = (json: unknown) =>
  parseAlias('shop', 'main', typeof json === 'string' ? json : JSON.stringify(json), 'arn:p');

test('a complete value is read', () => {
  const whole = {
    ...generation,
    systemProfileId: 'us.m',
    probes: ['embed', 'text', 'stream', 'cache'],
    sampling: { inferenceConfig: { temperature: 0.5 } },
    forcedTool: true,
    cacheTokens: 1024,
    vectorLength: 256,
    destination: { region: 'us-east-2', target: 'm' },
    outside: { region: 'eu-west-1', target: 'eu.m' },
  };
  const guardrail = { id: 'gr', version: '1' };
  expect(parse({ ...value, guardrail, asked: ['tools'], generations: [whole], later: true })).toEqual({
    application: 'shop',
    alias: 'main',
    asked: ['tools'],
    guardrail: { id: 'gr', version: '1' },
    served: whole,
    generations: [whole],
  });
});

test.each([
  ['{', 'the value is not JSON'],
  ['null', 'the value is not an object'],
  ['[]', 'the value is not an object'],
  [{ ...value, profileArn: 7 }, 'profileArn is not a text'],
  [{ ...value, profileArn: 'arn:q' }, 'profileArn differs from the ARN in the parameter without .json'],
  [{ ...value, generations: undefined }, 'generations is not a list with at least one entry'],
  [{ ...value, generations: [] }, 'generations is not a list with at least one entry'],
  [{ ...value, generations: ['g'] }, 'generations[0] is not an object'],
  [{ ...value, generation: 'x' }, 'generations has no "x" with the served profile'],
  [
    { ...value, generations: [{ ...generation, profileArn: 'arn:q' }] },
    'generations has no "g" with the served profile',
  ],
  [{ ...value, generations: [{ ...generation, modelId: '' }] }, 'generations[0].modelId is not a text'],
  [{ ...value, generations: [{ ...generation, systemProfileId: 1 }] }, 'generations[0].systemProfileId is not a text'],
  [
    { ...value, generations: [{ ...generation, probes: [] }] },
    'generations[0].probes is not a list with at least one entry',
  ],
  [
    { ...value, generations: [{ ...generation, probes: ['text', 'sing'] }] },
    'generations[0].probes[1] is "sing", not one of text, system, turns, sampling, stream, tools, image, document, cache, embed',
  ],
  [{ ...value, generations: [{ ...generation, sampling: 1 }] }, 'generations[0].sampling is not an object'],
  [
    { ...value, generations: [{ ...generation, cacheTokens: 0.5 }] },
    'generations[0].cacheTokens is not a whole number above 0',
  ],
  [
    { ...value, generations: [{ ...generation, vectorLength: 0 }] },
    'generations[0].vectorLength is not a whole number above 0',
  ],
  [
    { ...value, generations: [{ ...generation, outside: { region: 'r' } }] },
    'generations[0].outside.target is not a text',
  ],
  [{ ...value, asked: 'tools' }, 'asked is not a list with at least one entry'],
  [{ ...value, guardrail: 'gr' }, 'guardrail is not an object'],
  [{ ...value, guardrail: { id: 'gr', version: 1 } }, 'guardrail.version is not a text'],
])('%j: %s', (json, message) => {
  expect(() => parse(json)).toThrow(new Error(message));
});
