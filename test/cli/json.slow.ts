import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { commands } from '../../lib/cli/commands/commands';
import { schemas } from '../../lib/report/schemas';
import { run } from './run';

const SCHEMAS = join(__dirname, '..', '..', 'schema');
const ajv = new Ajv({ strict: false });

test.each(Object.entries(schemas()))('schema/%s is up to date; npm run schemas writes it', (name, schema) => {
  expect(JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
});

test('every command has a schema of its document', () => {
  const published = Object.keys(schemas());
  expect(commands.map((c) => c.name).filter((name) => !published.includes(`${name}-output.schema.json`))).toEqual([]);
});

const cases: readonly (readonly [line: string, schema: string, exitCode: number])[] = [
  ['check --json', 'check', 0],
  ['check dev nowhere --json', 'check', 2],
  ['check --strict --json', 'check', 1],
  ['plan dev --json', 'plan', 0],
  ['plan prod --json', 'plan', 0],
  ['plan nowhere --json', 'failure', 2],
  ['plan dev --execution-policy --json', 'execution-policy', 0],
  ['plan prod --execution-policy --json', 'execution-policy', 0],
  ['plan dev --execution-policy --statements --json', 'failure', 2],
  ['prove dev --json', 'prove', 0],
  ['prove dev --json --scp proof/outer/deny-regions.json', 'prove', 1],
  ['prove dev --json --scp test/iam/cases/endpoints.json', 'failure', 2],
  ['access dev --json', 'access', 0],
  ['access prod --json', 'access', 0],
  ['diff ./access/dev.json ./access/dev.json --json', 'diff', 0],
  ['diff nowhere --json', 'failure', 2],
  ['verify dev --local --json', 'verify', 0],
  ['verify prod --local --json', 'verify', 0],
  ['verify dev --reading every --json', 'failure', 2],
  ['verify dev --local --assembly lib --json', 'failure', 2],
  ['verify dev --region-latency --local --json', 'failure', 2],
  ['sandbox dev --json', 'sandbox', 0],
  ['nonsense --json', 'failure', 2],
];

test.each(cases)(
  '`%s` prints one document that schema/%s-output.schema.json describes',
  async (line, schema, exitCode) => {
    const ran = await run(line.split(' '));
    expect(ran.exitCode).toBe(exitCode);
    const document = JSON.parse(ran.out);
    const valid = ajv.validate(
      JSON.parse(readFileSync(join(SCHEMAS, `${schema}-output.schema.json`), 'utf8')),
      document,
    );
    expect(ajv.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(document.exitCode).toBe(exitCode);
  },
);
