/** Lists the commands that follow a first local verification. */
export function nextSteps(environment: string): readonly string[] {
  const steps = [
    [`edit environments/${environment}.yaml, then npx bedrock-access check ${environment}`, 'lists its problems'],
    [`npx bedrock-access prove ${environment}`, 'proves that nobody gets more access than it grants'],
    [`npx bedrock-access access ${environment}`, 'lists who can call what'],
    [`npx cdk deploy '${environment}/**'`, 'deploys to a bootstrapped account: docs/deploy.md'],
  ] as const;
  const width = Math.max(...steps.map(([step]) => step.length));
  return ['', ...steps.map(([step, effect], i) => `${i === 0 ? 'Next:' : '     '}  ${step.padEnd(width)}  ${effect}`)];
}
