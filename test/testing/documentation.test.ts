import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string): string => readFileSync(join(__dirname, '../..', file), 'utf8');

test('the example in the documentation is the tested example', () => {
  const [, example = ''] = /```ts\n(.*?)```/s.exec(read('docs/testing.md')) ?? [];
  expect(example.replace("'bedrock-access/testing'", "'../../lib/testing'")).toBe(read('test/testing/example.test.ts'));
});
