import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { environmentJsonSchema } from '../../lib/config/json-schema';
import { PROJECT } from '../project';
import { BAD } from './problem-text';

const root = join(__dirname, '..', '..');
const shipped: unknown = JSON.parse(readFileSync(join(root, 'schema', 'environment.schema.json'), 'utf8'));

// `format: date` is for editors. Ajv has no built-in formats.
const satisfies = new Ajv({ strict: true, allErrors: true, formats: { date: true } }).compile(shipped as object);

test('the shipped schema is the one that npm run schemas writes from the sources', () => {
  expect(shipped).toEqual(JSON.parse(JSON.stringify(environmentJsonSchema())));
});

test('it is JSON Schema draft 7', () => {
  expect(shipped).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
});

test.each(['dev', 'prod'])('environments/%s.yaml satisfies it', (name) => {
  satisfies(parse(readFileSync(join(PROJECT, 'environments', `${name}.yaml`), 'utf8')));
  expect(satisfies.errors).toBeNull();
});

test.each([
  'account-unquoted',
  'account-with-hyphens',
  'alias-name-upper-case',
  'alias-text',
  'application-name-underscore',
  'applications-list',
  'budget-negative',
  'github-wildcard-branch',
  'guardrail-draft',
  'missing-routing',
  'principal-of-two-kinds',
  'role-malformed',
  'routing-unknown',
  'threshold-above-1000',
  'unknown-key-alias',
  'unknown-key-top-level',
])('an editor finds the mistake in %s', (name) => {
  expect(satisfies(parse(readFileSync(join(BAD, `${name}.yaml`), 'utf8')))).toBe(false);
});
