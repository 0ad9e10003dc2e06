import type { Statement } from '../../../lib/plan/parts/statement';
import { executionDenials } from '../../../lib/proof/deployment/execution-denials';
import { executionNeeds } from '../../../lib/proof/deployment/execution-needs';
import {
  type Deployment,
  environmentDeployment,
  payerDeployment,
  proofWith,
  smallDeployment,
} from './execution-deployment';
import { executionMutants } from './execution-mutants';

/**
 * Tests that the proof finds what is missing from an execution policy, and what is too much in it.
 *
 * @param every number of mutants of which one is tried
 */
export function testExecutionMutants(every: number): void {
  const chosen = <T>(cases: readonly T[]): readonly T[] => cases.filter((_, i) => i % every === 0);
  const prod = environmentDeployment('prod');
  const payer = payerDeployment();
  const small = smallDeployment();
  const network = environmentDeployment('network');
  const callers = environmentDeployment('callers');

  const removedFrom = (deployment: Deployment) =>
    deployment.policy.statements.flatMap((s) => s.Action.map((action) => [action, s.Sid, deployment] as const));
  // Statements that the small deployment does not need, such as those of limits, of the log and of anomalies.
  const sids = new Set(small.policy.statements.map((s) => s.Sid));
  const others = [prod, payer, network, callers].flatMap((d) => removedFrom(d).filter(([, sid]) => !sids.has(sid)));
  const removed = [...removedFrom(small), ...others];

  test.each(chosen(removed))(
    'the proof names %s when %s does not allow it, with the statement that is needed',
    (action, sid, whole) => {
      const statements = whole.policy.statements
        .map((s) => (s.Sid === sid ? { ...s, Action: s.Action.filter((a) => a !== action) } : s))
        .filter((s) => s.Action.length > 0);
      const [violation, ...others] = proofWith(whole, statements).violations;
      const [service = ''] = action.split(':');
      expect(violation).toMatchObject({
        kind: 'missing',
        message: expect.stringMatching(
          new RegExp(
            `^[\\w: ]+ [\\w.]+ of ${whole.plan.environment}--[\\w-]+ \\([a-z, ]+\\): CloudFormation may not ${action} on `,
          ),
        ),
        witness: { action },
        missing: {
          Sid: 'Missing',
          Effect: 'Allow',
          Action: [action],
          Resource: [expect.stringMatching(new RegExp(`^(\\*|arn:aws:${service}:)`))],
        },
      });
      // Two types may share an action; there is no other violation.
      expect(others.filter((v) => v.kind !== 'missing' || v.witness?.action !== action)).toEqual([]);
    },
  );

  const mutants = [
    ...executionMutants(small.policy.statements).map((mutant) => [mutant.title, small, mutant] as const),
    // Statements that differ there, such as those of limits, and the folder of the limits in the statement of aliases.
    ...executionMutants(prod.policy.statements)
      .filter(({ sid, title }) => !sids.has(sid) || (sid === 'Aliases' && title.includes('.limits')))
      .map((mutant) => [`of prod ${mutant.title}`, prod, mutant] as const),
    ...executionMutants(payer.policy.statements)
      .filter(({ sid }) => !sids.has(sid) || sid === 'ReadBootstrapVersion')
      .map((mutant) => [`of the payer ${mutant.title}`, payer, mutant] as const),
  ];

  test('the mutants narrow and widen resources and conditions', () => {
    const count = (wrong: string): number => mutants.filter(([, , m]) => m.wrong === wrong).length;
    expect([count('too little') > 20, count('too much') > 100]).toEqual([true, true]);
  });

  test.each(chosen(mutants))('the proof fails for the mutant %s', (_, deployment, { wrong, statements }) => {
    const kinds = proofWith(deployment, statements).violations.map((v) => v.kind);
    expect(kinds).toContain(wrong === 'too little' ? 'missing' : 'excess');
  });

  const denials = executionDenials(small.plan, 'named');

  test('each request that must be denied is listed once, with every documented way to more permissions', () => {
    const titles = denials.map((d) => d.title);
    expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
    expect(titles.filter((title) => title.startsWith('take the escalation path'))).toHaveLength(65);
    expect(JSON.stringify(denials)).not.toMatch(/\{\w+\}/);
  });

  /** The requests that must be denied do not depend on the resources, so that one resource is enough. */
  const oneResource = { ...small.templates, resources: small.templates.resources.slice(0, 1) };
  const least = { ...small, templates: oneResource, needs: executionNeeds(oneResource) };

  test.each(chosen(denials).map((d) => [d.title, d] as const))(
    'a policy that lets CloudFormation %s fails the proof',
    (title, denial) => {
      const allowing = denial.requests.map(({ action, resource }, i): Statement => {
        return { Sid: `Extra${i}`, Effect: 'Allow', Action: [action], Resource: [resource] };
      });
      const { violations } = proofWith(least, [...small.policy.statements, ...allowing]);
      const violation = violations.find((v) => v.message.startsWith(`CloudFormation may ${title}: `));
      expect(violation).toMatchObject({ kind: 'excess', message: expect.stringMatching(/; allowed by .*Extra0/) });
    },
  );
}
