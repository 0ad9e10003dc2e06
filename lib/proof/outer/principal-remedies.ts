import { accountArn } from '../../catalog/arn';
import { iamPath } from '../../plan/names/names';
import type { Remedy } from '../finding/proof';
import { parsedStatement } from './cause';
import type { Denial, DeniedRequest } from './denial';

/** Returns what helps against a statement that decides by who calls. */
export function principalRemedies(denial: Denial): readonly Remedy[] {
  const { statement, by } = denial;
  const conditions = statement === undefined ? [] : (parsedStatement(statement)?.conditions ?? []);
  const exempts = conditions.some(({ key, operator }) => key === 'aws:principalarn' && operator.negated);
  return [
    {
      change: exempts
        ? `the statement denies all principals but some: name one of those in the file with role: ARN, or ask for ${arnsOf(denial).join(', ')} to be added to them`
        : `the statement denies these principals: name another in the file with service: or role:, or ask the owner of ${by?.policy}`,
    },
  ];
}

/** Returns the ARNs of the denied principals. Roles of the environment are named by one pattern. */
function arnsOf({ plan, denied }: Denial): readonly string[] {
  const own = accountArn(plan, 'iam', `role${iamPath(plan.environment)}`);
  const arnOf = ({ request, context }: DeniedRequest): readonly string[] =>
    context['aws:PrincipalArn'] ?? request.context['aws:PrincipalArn'] ?? [];
  return [...new Set(denied.flatMap(arnOf).map((arn) => (arn.startsWith(own) ? `${own}*` : arn)))];
}
