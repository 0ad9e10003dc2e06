import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkOut } from '../checkout';

const ROOT = join(__dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-cdk-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ENV = { PATH: process.env['PATH'] ?? '', HOME: folder };
const checkout = (name: string): string => {
  const project = join(folder, name);
  checkOut(project);
  return project;
};
const cdk = (args: readonly string[], cwd: string) =>
  spawnSync(process.execPath, [join(ROOT, 'node_modules', 'aws-cdk', 'bin', 'cdk'), ...args], {
    cwd,
    env: ENV,
    encoding: 'utf8',
  });

test("the pinned CDK CLI synthesizes every environment with CDK's own rules as errors, and lists its stacks", () => {
  const output = join(folder, 'cdk.out');
  const { status, stderr } = cdk(['synth', '--quiet', '--output', output], checkout('clean'));
  expect(stderr).not.toMatch(/\[Warning|\[Error|deprecated/i);
  expect(status).toBe(0);
  expect(existsSync(join(output, 'assembly-dev', 'manifest.json'))).toBe(true);
  // Only with stacks that are selected, as for a deployment, does the CLI print warnings at stacks.
  const selected = cdk(['synth', 'prod/**', '--quiet', '--app', output], folder);
  expect(selected.stderr.match(/^WARNING .{60}/gm)).toEqual([
    'WARNING nobody has seen that the cost allocation tag BedrockAccess i',
  ]);
  expect(selected.stderr).toContain('the budgets of market-report show $0 and deny nobody');
  const { stdout } = cdk(['list', '--app', output], folder);
  const stacks = [
    'Billing',
    'Dashboard',
    'Foundation',
    'Overview',
    'code-review',
    'document-search',
    'market-report',
    'support-chat',
  ];
  const listed = stdout.split('\n').filter((line) => /^(dev|prod)\//.test(line));
  expect(listed.toSorted()).toEqual(
    ['dev', 'prod'].flatMap((environment) => stacks.map((s) => `${environment}/${s} (${environment}--${s})`)).sort(),
  );
});

test('an environment file with a problem stops the synthesis with the problem and no stack trace', () => {
  const project = checkout('invalid');
  const file = join(project, 'environments', 'dev.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('anthropic.claude-sonnet-4-6', 'anthropic.claude-sonet-4-6'));
  const { status, stderr, stdout } = cdk(['synth', '--quiet', '--output', join(folder, 'bad')], project);
  expect(stderr + stdout).toContain(
    "'anthropic.claude-sonet-4-6' is not a model in the catalog; did you mean 'anthropic.claude-sonnet-4-6'?",
  );
  expect(stderr + stdout).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
  expect(status).not.toBe(0);
});

test.each([[[]], [['dev/**']], [['prod/**']]])(
  'a template that grants too much fails cdk synth, whatever stacks are selected: %j',
  (selected) => {
    const project = checkout(`violating-${selected.join().slice(0, -3)}`);
    const app = join(project, 'bin', 'app.ts');
    const policy = `{ policyName: 'extra', roles: ['support-chat-api'], policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } }`;
    const text = readFileSync(app, 'utf8');
    const changed = text.replace(
      'const findings = synthesizeProven(accessApp(plans), plans);',
      `const app = accessApp(plans);
       const { CfnPolicy } = require('aws-cdk-lib/aws-iam');
       new CfnPolicy(app.node.findChild('dev').node.findChild('support-chat'), 'Extra', ${policy});
       const findings = synthesizeProven(app, plans);`,
    );
    expect(changed).not.toBe(text);
    writeFileSync(app, changed);
    const { status, stderr } = cdk(['synth', ...selected, '--quiet', '--output', join(project, 'out')], project);
    expect(stderr).toContain('✗ excess: role support-chat-api may bedrock:InvokeModel on');
    expect(status).toBe(1);
  },
);
