import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faultsOf } from '../../../lib/cli/commands/faults-of';
import { loadEnvironment } from '../../../lib/config/environment-files';
import { planAccess } from '../../../lib/plan/environment/access-plan';
import { FAULTS } from '../../../lib/sandbox/faults/faults';
import { PROJECT } from '../../project';

const plan = planAccess(loadEnvironment({ project: PROJECT, cwd: PROJECT }, 'dev', '2026-11-21').environment);
const short = (...values: readonly string[]) =>
  faultsOf(values, plan).map(({ fault, label, rate, alias }) => [fault.name, label, rate, alias]);

test('a fault is named alone, with a share of calls, or with an alias', () => {
  expect(short('throttle:0.3, slow-stream', 'reset:1,reset:.05', 'end-of-life:support-chat/main')).toEqual([
    ['throttle', 'throttle:0.3', 0.3, undefined],
    ['slow-stream', 'slow-stream', undefined, undefined],
    ['reset', 'reset:1', 1, undefined],
    ['reset', 'reset:.05', 0.05, undefined],
    ['end-of-life', 'end-of-life:support-chat/main', undefined, { application: 'support-chat', alias: 'main' }],
  ]);
  expect(short()).toEqual([]);
});

test.each([
  ['throtle', "--fault: there is no fault 'throtle'; did you mean 'throttle'?; faults: throttle, throttle-once, "],
  ['', "--fault: there is no fault ''; faults: throttle,"],
  ['throttle,', "--fault: there is no fault ''; faults: throttle,"],
  ['constructor', "--fault: there is no fault 'constructor'; faults: "],
  ...['0', '1.1', '-0.1', '30%', 'x', '', '1e-3', '0.3:0.3', 'NaN', 'a/b/c', '0.0'].map((rate) => [
    `throttle:${rate}`,
    `--fault throttle:${rate}: '${rate}' is neither a share of calls, above 0 and at most 1, nor APPLICATION/ALIAS; write for example throttle:0.3`,
  ]),
  [
    'throttle:support-chat/mian',
    "--fault throttle:support-chat/mian: dev has no alias 'support-chat/mian'; did you mean 'support-chat/main'?; aliases: ",
  ],
])("'%s' is refused, and the message says what is allowed", (value, message) => {
  expect(() => short(value)).toThrow(message);
});

test('each fault has its own name and a summary of one line', () => {
  expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  for (const { name, does } of FAULTS) {
    expect([name, does]).toEqual([
      expect.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/),
      expect.stringMatching(/^[a-z].{5,90}[^.]$/),
    ]);
  }
});

test('the documentation lists every fault with its summary', () => {
  const page = readFileSync(join(PROJECT, '..', 'docs', 'sandbox.md'), 'utf8');
  const rows = FAULTS.map(
    ({ name, does, operations }) =>
      `| \`${name}\` | ${does}${operations === undefined ? '' : ` (${operations.join(', ')} only)`} |`,
  );
  expect(page.split('\n').filter((line) => /^\| `[a-z0-9-]+` \|/.test(line))).toEqual(rows);
});
