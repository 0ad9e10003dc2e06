import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, CfnParameter, Stack, Stage, Tags, Validations } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { accessApp } from '../../lib/stacks/access-app';
import { ProofPlugin } from '../../lib/validation/proof-plugin';
import { synthesizeProven } from '../../lib/validation/synthesize-proven';
import { testEnvironment } from '../plan/environments';

const folder = mkdtempSync(join(tmpdir(), 'bedrock-access-plugin-'));
afterAll(() => rmSync(folder, { recursive: true }));

const dev = planAccess(testEnvironment('dev', 'support-chat', 'code-review'));
let apps = 0;

interface Synthesized {
  readonly error: string | undefined;
  /** Text of the CDK's report. */
  readonly report: string;
}

/** Changes the app of dev and synthesizes it as `cdk synth` does. */
function synthesize(change: (app: App, policy: CfnManagedPolicy) => void, plans = [dev]): Synthesized {
  apps += 1;
  const outdir = join(folder, String(apps));
  const app = accessApp([dev], { outdir, builtinCloudFormationValidation: false });
  Validations.of(app).addPlugins(new ProofPlugin(plans));
  const policy = app.node.findAll().find((c) => c.node.path === 'dev/support-chat/Access1');
  if (!(policy instanceof CfnManagedPolicy)) {
    throw new Error('the app has no policy of support-chat');
  }
  change(app, policy);
  const stderr = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  let error: string | undefined;
  try {
    app.synth();
  } catch (thrown) {
    error = String(thrown);
  }
  const printed = stderr.mock.calls.flat().join('\n');
  stderr.mockRestore();
  const report = JSON.stringify(JSON.parse(readFileSync(join(outdir, 'validation-report.json'), 'utf8')));
  return { error, report: `${report}\n${printed}` };
}

function grantMore(_: App, policy: CfnManagedPolicy): void {
  const document = policy.policyDocument as { readonly Statement: readonly object[] };
  policy.policyDocument = {
    ...document,
    Statement: [...document.Statement, { Sid: 'Extra', Effect: 'Allow', Action: 'bedrock:*', Resource: '*' }],
  };
}

test('templates that grant what the plan intends pass', () => {
  expect(synthesize(() => undefined).error).toBeUndefined();
});

test('a template that grants more fails the synthesis, and the finding names the construct', () => {
  const { error, report } = synthesize(grantMore);
  expect(error).toContain('ValidationFailed');
  expect(report).toContain(
    'allowed by policy dev_support-chat_access-1 Sid Extra; the environment file does not ask for this',
  );
  expect(report).toContain('"constructPath":"dev/support-chat/Access1"');
  expect(report).toContain('"ruleName":"excess"');
});

test('an added role without the tags that the file requires fails the synthesis at its construct', () => {
  const { error, report } = synthesize((_, policy) => {
    const stack = Stack.of(policy);
    new CfnRole(stack, 'Later', { roleName: 'later', assumeRolePolicyDocument: { Statement: [] } });
    Tags.of(stack.node.findChild('Later')).remove('CostCenter', { priority: 300 });
  });
  expect(error).toContain('ValidationFailed');
  expect(report).toContain('role/later: this role lacks the tag CostCenter, which the environment file requires');
  expect(report).toContain('"constructPath":"dev/support-chat/Later"');
});

test('a finding is acknowledged at its construct with a reason, and stays in the report', () => {
  const { error, report } = synthesize((app, policy) => {
    grantMore(app, policy);
    Validations.of(policy).acknowledge({ id: 'bedrock-access::excess', reason: 'agreed with security, SEC-12' });
  });
  expect(error).toBeUndefined();
  expect(report).toContain('agreed with security, SEC-12');
});

test('a finding that is acknowledged at another construct still fails the synthesis', () => {
  const { error } = synthesize((app, policy) => {
    grantMore(app, policy);
    const other = app.node.findChild('dev').node.findChild('code-review');
    Validations.of(other).acknowledge({ id: 'bedrock-access::excess', reason: 'agreed for code-review' });
  });
  expect(error).toContain('ValidationFailed');
});

test('a finding about missing access shows the statement to add', () => {
  const { error, report } = synthesize((_, policy) => {
    const document = policy.policyDocument as { readonly Statement: readonly { readonly Sid: string }[] };
    policy.policyDocument = { ...document, Statement: document.Statement.filter((s) => !/^Fast.*Model$/.test(s.Sid)) };
  });
  expect(error).toContain('ValidationFailed');
  expect(report).toContain('no statement allows it; the plan intends that support-chat/fast cdf570 reaches its model');
  expect(report).toContain('the statement {');
});

test('a plan whose stage is not in the app fails, because nothing is proven about it', () => {
  const { error, report } = synthesize(() => undefined, [dev, planAccess(testEnvironment('prod'))]);
  expect(error).toContain('ValidationFailed');
  expect(report).toContain('the app has no stack of prod, so nothing is proven about it');
});

const everything = {
  policyName: 'everything',
  roles: ['support-chat-api'],
  policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
};

test('a stage nested in the stage of an environment is read as well', () => {
  const { error, report } = synthesize((app) => {
    const env = { account: dev.account, region: dev.region };
    const stage = new Stage(app.node.findChild('dev'), 'extra', { env });
    new CfnPolicy(new Stack(stage, 'More'), 'Everything', everything);
  });
  expect(error).toContain('ValidationFailed');
  expect(report).toContain('allowed by inline policy everything');
});

test('a template that depends on a parameter is not proven with the default of the parameter', () => {
  const { error, report } = synthesize((app) => {
    const stack = app.node.findChild('dev').node.findChild('support-chat');
    new CfnParameter(stack, 'Debug', { type: 'String', default: 'false' });
  });
  expect(error).toContain('ValidationFailed');
  expect(report).toContain('at Parameters.Debug: the content of a template must not depend on a parameter');
});

test('the findings of a synthesis are returned whatever stacks the CDK selects', () => {
  const outdir = join(folder, 'told');
  // The CDK CLI sets this, so that only findings at the selected stacks are shown.
  const context = { '@aws-cdk/core:failSynthOnValidationErrors': false };
  const app = accessApp([dev], { outdir, builtinCloudFormationValidation: false, context });
  const stack = app.node.findChild('dev').node.findChild('support-chat');
  new CfnPolicy(stack, 'Everything', everything);
  expect(synthesizeProven(app, [dev]).join('\n')).toContain('excess: role support-chat-api may bedrock:InvokeModel on');
});

test('a project whose templates grant what the plan intends has no findings', () => {
  const app = accessApp([dev], { outdir: join(folder, 'clean'), builtinCloudFormationValidation: false });
  expect(synthesizeProven(app, [dev])).toEqual([]);
});
