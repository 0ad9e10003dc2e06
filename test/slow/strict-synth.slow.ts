import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnResource, type Stack } from 'aws-cdk-lib';
import { planAccess } from '../../lib/plan/environment/access-plan';
import { accessApp } from '../../lib/stacks/access-app';
import { application, planOf, testEnvironment } from '../plan/environments';

process.env['CDK_VALIDATION'] = 'true';
const outdir = mkdtempSync(join(tmpdir(), 'bedrock-access-test-'));
afterAll(() => rmSync(outdir, { recursive: true }));

/** The context of `cdk.json`, which makes every finding of CDK's own template validation an error. */
const { context } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'cdk.json'), 'utf8')) as {
  readonly context: Readonly<Record<string, unknown>>;
};

test("CDK's own validation finds nothing but the NotAction of the boundary, which has a reason", () => {
  const plans = [planAccess(testEnvironment('dev')), planAccess(testEnvironment('prod'))];
  accessApp(plans, { outdir: join(outdir, 'shipped'), context }).synth();
  const report = JSON.parse(readFileSync(join(outdir, 'shipped', 'validation-report.json'), 'utf8'));
  const [validation, ...others] = report.pluginReports;
  expect(others).toEqual([]);
  expect(validation.violations).toEqual([]);
  const accepted = validation.suppressedViolations as readonly Record<'acknowledgedId' | 'acknowledgedAt', string>[];
  expect(accepted.map((v) => [v.acknowledgedId, v.acknowledgedAt])).toEqual([
    ['CloudFormation-Validate::W2512', 'dev/Foundation/Boundary'],
    ['CloudFormation-Validate::W2512', 'prod/Foundation/Boundary'],
  ]);
});

test("a finding of CDK's own validation fails the synthesis", () => {
  const error = jest.spyOn(console, 'error').mockImplementation();
  const app = accessApp([planOf({ chat: application() })], { outdir: join(outdir, 'wrong'), context });
  const foundation = app.node.findChild('dev').node.findChild('Foundation') as Stack;
  new CfnResource(foundation, 'Wrong', { type: 'AWS::Logs::LogGroup', properties: { RetentionInDays: 'ninety' } });
  expect(() => app.synth()).toThrow(/Validation failed|is not of type 'integer'/);
  error.mockRestore();
});
