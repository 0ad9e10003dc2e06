import Ajv from 'ajv';
import { exampleOfSchema } from '../../lib/sandbox/converse/example-of-schema';

const of = (properties: object, more: object = {}) => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
  ...more,
});

test.each([
  [of({ a: { type: 'string', minLength: 20 }, b: { type: 'string', maxLength: 3 } })],
  [
    of({
      a: { type: 'integer', minimum: 3 },
      b: { type: 'number', exclusiveMinimum: 7 },
      c: { type: 'number', maximum: -2 },
    }),
  ],
  [of({ a: { type: 'boolean' }, b: { type: 'null' }, c: { const: 'x' }, d: { enum: [4, 5] } })],
  [of({ a: { type: 'array', items: { type: 'string' }, minItems: 3 }, b: { type: ['string', 'null'] } })],
  [of({ a: { anyOf: [{ type: 'integer' }, { type: 'null' }] } })],
  [of({ a: { $ref: '#/$defs/Place' } }, { $defs: { Place: of({ city: { type: 'string' } }) } })],
  [of({ a: of({ b: of({ c: { type: 'string' } }) }) })],
  [of({})],
])('the example of %j satisfies it', (schema) => {
  const validate = new Ajv({ strict: false }).compile(schema);
  validate(exampleOfSchema(schema));
  expect(validate.errors).toBeNull();
});

test('the example of a schema that refers to itself is finite', () => {
  const schema = {
    type: 'object',
    properties: { next: { $ref: '#' }, loop: { $ref: '#/$defs/Loop' } },
    required: ['next', 'loop'],
    $defs: { Loop: { $ref: '#/$defs/Loop' } },
  };
  expect(JSON.stringify(exampleOfSchema(schema)).length).toBeLessThan(100_000);
});
