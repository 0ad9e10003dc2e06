import { ENDPOINT_SERVICES, MAX_ENDPOINT_POLICY_CHARACTERS } from '../../catalog/endpoint-services';
import type { AccessPlan } from '../../plan/environment/access-plan';
import { endpointPolicyLength } from '../../plan/environment/endpoint-policy';
import { policyDocument } from '../../plan/parts/statement';
import { type Arguments, type Flag, UsageError } from '../terminal/command';
import { EXIT, type ExitCode } from '../terminal/exit';
import type { Terminal } from '../terminal/terminal';

export const ENDPOINT_POLICY_FLAG: Flag = {
  name: 'endpoint-policy',
  value: 'SERVICE',
  summary: "print the policy of the VPC endpoint of a service, for an endpoint that the file's network: names",
  choices: ENDPOINT_SERVICES,
};

/** Flags that print or write something else. */
const OTHER_OUTPUT = ['statements', 'execution-policy', 'live', 'json'];

/**
 * Prints the policy of an endpoint. Standard output gets only the document, in the form that `aws ec2
 * modify-vpc-endpoint` accepts.
 *
 * @throws UsageError for flags that contradict `--endpoint-policy`, and for an endpoint that the plan does not have
 */
export function printEndpointPolicy(
  plan: AccessPlan,
  service: string,
  { switches, out }: Arguments,
  terminal: Terminal,
): ExitCode {
  const other = [...OTHER_OUTPUT.filter((flag) => switches.has(flag)), ...(out.length > 0 ? ['out'] : [])];
  if (other.length > 0) {
    throw new UsageError(
      `--endpoint-policy prints one policy as JSON; leave out --${other.join(' and --')}, and redirect the output to keep it`,
    );
  }
  const endpoint = plan.network?.endpoints.find((e) => e.service === service);
  if (endpoint === undefined) {
    throw new UsageError(
      `${plan.environment} has no endpoint of ${service}; name it in the environment file: network: { endpoints: { ${service}: vpce-0123456789abcdef0 } }`,
    );
  }
  const { existingId, statements } = endpoint;
  const characters = endpointPolicyLength(statements);
  if (characters > MAX_ENDPOINT_POLICY_CHARACTERS) {
    throw new UsageError(
      `the policy has ${characters} characters, and EC2 allows at most ${MAX_ENDPOINT_POLICY_CHARACTERS}; move applications to another environment with a VPC of its own`,
    );
  }
  // White space counts, so none is added.
  terminal.out(JSON.stringify(policyDocument(statements)));
  terminal.err(
    `${characters} of ${MAX_ENDPOINT_POLICY_CHARACTERS} characters; npx bedrock-access prove ${plan.environment} proves it`,
    ...(existingId === undefined
      ? ['the stack of the endpoints contains this policy']
      : [
          `put it into effect: aws ec2 modify-vpc-endpoint --vpc-endpoint-id ${existingId} --policy-document file://policy.json`,
          'if the endpoint serves others too, add these statements to its policy; their Sids begin with the name of the environment',
        ]),
  );
  return EXIT.clean;
}
