/** A small environment without problems, which tests vary. */
export const VALID = `name: dev
account: "111122223333"
region: us-east-1
contact: platform@example.com

applications:
  support-chat:
    owner: chat-team@example.com
    costCenter: CC-1042
    models:
      main: { model: anthropic.claude-sonnet-4-6, routing: us }
    principals:
      - service: lambda.amazonaws.com
    budget: { monthlyUsd: 500, alerts: [80, 100], notify: [chat-team@example.com] }
`;

/** Returns the small environment with one text replaced. */
export function valid(from = '', to = ''): string {
  if (!VALID.includes(from)) {
    throw new Error(`the valid environment does not contain ${from}`);
  }
  return VALID.replace(from, () => to);
}
