import { commands } from '../../lib/cli/commands/commands';
import { run } from './run';

const wrong: readonly (readonly [line: string, says: string])[] = [
  ['', 'bedrock-access COMMAND'],
  ['chek', "there is no command 'chek'; did you mean 'check'?"],
  ['PLAN dev', "there is no command 'PLAN'; did you mean 'plan'?"],
  [
    'frobnicate',
    "there is no command 'frobnicate'; commands: check, plan, prove, access, diff, verify, costs, budget, dashboards, prune, sandbox",
  ],
  ['--version', "there is no command '--version'"],
  ['constructor', "there is no command 'constructor'"],
  ['__proto__', "there is no command '__proto__'"],
  ['check --strct', "'check' has no flag --strct; did you mean '--strict'?"],
  ['check --strict=yes', "--strict takes no value, got 'yes'"],
  ['check -s', "'check' has no flag -s; flags: --strict"],
  ['check -', 'environments/-.yaml has 1 problem'],
  ['check --color', '--color needs a value: --color WHEN'],
  ['check --color sometimes', "--color must be one of auto, always, never; got 'sometimes'"],
  ['check --color alway', "did you mean 'always'?"],
  ['check dve', "environments/dve.yaml:1:1: there is no such file; did you mean 'dev'?"],
  ['check nowhere/prod.yaml', 'nowhere/prod.yaml:1:1: there is no such file'],
  ['check environments', 'there is no such file'],
  ['check cli/', 'is a folder; only a regular file is read'],
  ['check iam/boundary.json --debug', 'iam/boundary.json'],
  ['check dev -- prod', "'check' takes no arguments after --"],
  ['plan', 'usage: bedrock-access plan ENV: takes 1 argument, got 0'],
  ['plan dev prod', 'takes 1 argument, got 2'],
  ['plan ""', 'there is no such file'],
  ['plan dev --statments', "did you mean '--statements'?"],
  ['plan ../nowhere/dev.yaml', '../nowhere/dev.yaml:1:1: there is no such file'],
  ['verify', 'usage: bedrock-access verify ENV [--region-latency]; ENV is optional only with --local'],
  ['verify --region-latency', 'ENV is optional only with --local'],
  [
    'verify dev --assembly cdk.out',
    '--assembly applies only to a verification on this machine: add --local, or leave it out',
  ],
  [
    'verify dev --reading every',
    '--reading applies only to a verification on this machine: add --local, or leave it out',
  ],
  ['verify dev --local --assembly', '--assembly needs a value: --assembly DIR'],
  [
    'verify dev --local --reading with_key',
    "--reading must be one of unasked, without-key, with-key, every; got 'with_key'; did you mean 'with-key'?",
  ],
  ['verify dve --local', "did you mean 'dev'?"],
  ['sandbox', 'usage: bedrock-access sandbox ENV [-- COMMAND]'],
  ['sandbox dev --port http', "--port must be a number from 1 to 65535; got 'http'"],
  ['sandbox dev --port 0', "got '0'"],
  ['sandbox dev --port 65536', "got '65536'"],
  ['sandbox dev --as nobody -- true', "there is no principal 'nobody'; principals: "],
  ['sandbox dev -- no-such-program-here', "'no-such-program-here' cannot be run"],
];

const words = (line: string): readonly string[] =>
  line === '' ? [] : line.split(' ').map((w) => (w === '""' ? '' : w));

test.each(wrong)("'%s' is wrong usage: exit 2, one message, no stack trace", async (line, says) => {
  const { exitCode, out, err } = await run(words(line));
  expect(`${out}\n${err}`).toContain(says);
  expect(`${out}\n${err}`.replace(/--debug[\s\S]*/, '')).not.toMatch(/\n\s+at .*:\d+:\d+/);
  expect(exitCode).toBe(2);
});

test.each(wrong.filter(([line]) => line.includes(' ')))(
  "'%s --json' prints the same message in a document",
  async (line) => {
    const [own, rest] = line.split(' -- ');
    const { exitCode, out } = await run(words(`${own} --json${rest === undefined ? '' : ` -- ${rest}`}`));
    const document = JSON.parse(out);
    expect(document).toMatchObject({ schemaVersion: 1, exitCode });
    expect(exitCode).toBe(2);
  },
);

test('a folder that is not a cloud assembly is refused, with the next step', async () => {
  const { exitCode, err } = await run(['verify', 'dev', '--local', '--assembly', 'cli']);
  expect(exitCode).toBe(2);
  expect(err).toBe('✗ cli/manifest.json: cannot be read (ENOENT); synthesize again with: npx cdk synth');
});

test.each(commands.map((c) => c.name))('%s --help has three examples, its flags and the exit codes', async (name) => {
  const { exitCode, out } = await run([name, '--help']);
  expect(exitCode).toBe(0);
  expect(out.match(/^ {2}npx bedrock-access /gm)).toHaveLength(3);
  for (const flag of commands.find((c) => c.name === name)?.flags ?? []) {
    expect(out).toContain(`--${flag.name}`);
  }
  expect(out).toContain('  2  wrong usage, or an invalid file');
});

test('the help of the program lists every command, and no other', async () => {
  const { exitCode, out } = await run(['--help']);
  expect(exitCode).toBe(0);
  const listed = out
    .split('Commands:\n')[1]
    ?.split('\n\n')[0]
    ?.split('\n')
    .map((l) => l.trim().split(' ')[0]);
  expect(listed).toEqual(commands.map((c) => c.name));
});

test('check finds no problem in the environments of the tests, and --strict counts their warnings', async () => {
  expect((await run(['check'])).exitCode).toBe(0);
  expect((await run(['check', '--strict'])).exitCode).toBe(1);
});

test('each problem is an annotation of its line in GitHub Actions', async () => {
  const { out } = await run(['check', 'dev'], { env: { GITHUB_ACTIONS: 'true' } });
  expect(out).toMatch(
    /^::warning file=environments\/dev\.yaml,line=\d+,col=\d+::applications\.market-report\.principals\[1\]\.user: the IAM user 'alice'/m,
  );
});
