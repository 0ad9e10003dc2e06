import type { Account } from '../../account/account';
import { type EndpointService, MAX_ENDPOINT_POLICY_CHARACTERS } from '../../catalog/endpoint-services';
import { evaluate } from '../../iam/evaluate/evaluate';
import type { PolicyLayers } from '../../iam/evaluate/policy-layers';
import type { Policy } from '../../iam/policy/policy';
import type { AccessPlan } from '../../plan/environment/access-plan';
import type { EndpointPlan } from '../../plan/environment/network-plan';
import { principalLabel } from '../../plan/environment/principals';
import { policyDocument } from '../../plan/parts/statement';
import type { Part, Violation } from '../finding/proof';
import { requestWords, statementWords } from '../finding/sentence';
import { endpointIntent } from '../intent/endpoint-intent';
import type { Found } from '../outer/caller-groups';
import { intendedRequests } from '../outer/intended-requests';
import { knownValues, possibleArns } from '../outer/known-values';
import { callsFromOutside, endpointOf } from '../outer/outer-layers';
import { refused } from './class-violation';
import { EXAMPLE_ACTIONS, exampleResources, exampleValues } from './examples';
import { EVERYTHING } from './prove-boundaries';
import { proveSpace, type SpaceFinding } from './prove-space';

/**
 * Proves for every class of requests that the policy of each endpoint lets through what the plan intends and nothing
 * else, and that every intended request of the applications' principals passes it. The policy of an endpoint that is made
 * comes from the templates. The policy of an existing one is the one that `plan --endpoint-policy` prints.
 */
export function proveEndpoints(plan: AccessPlan, account: Account, found: readonly Found[]): readonly Part[] {
  return (plan.network?.endpoints ?? []).map((endpoint) => {
    const policy = policyOf(endpoint, account);
    if (policy === undefined) {
      return { counts: NOTHING, violations: [withoutPolicy(endpoint)] };
    }
    const classes = proveClasses(plan, account, endpoint, policy);
    const passing = provePassing(plan, account, found, endpoint.service, policy);
    return {
      counts: { ...classes.counts, decisions: classes.counts.decisions + passing.decisions },
      violations: [...lengthViolations(endpoint, policy), ...classes.violations, ...passing.violations],
    };
  });
}

const NOTHING = { classes: 0, decisions: 0, allowed: 0, denied: 0 };

const nameOf = ({ service }: Pick<EndpointPlan, 'service'>): string => `the endpoint of ${service}`;

/** Returns the policy of an endpoint, or `undefined` if the templates have none: EC2 then lets everything through. */
function policyOf(endpoint: EndpointPlan, { wholeResources }: Account): Policy | undefined {
  const name = `the policy of ${nameOf(endpoint)}`;
  if (endpoint.existingId !== undefined) {
    return { name, document: policyDocument(endpoint.statements) };
  }
  const made = wholeResources.find(
    ({ type, properties }) => type === 'AWS::EC2::VPCEndpoint' && properties['ServiceName'] === endpoint.serviceName,
  );
  const document = made?.properties['PolicyDocument'];
  return document === undefined ? undefined : { name, document };
}

function withoutPolicy(endpoint: EndpointPlan): Violation {
  const message = `${nameOf(endpoint)} has no policy in the templates, so it would let every principal through`;
  return { kind: 'excess', message, principals: [], about: endpoint.serviceName, classes: 1 };
}

function lengthViolations({ service, serviceName }: EndpointPlan, { document }: Policy): readonly Violation[] {
  const characters = JSON.stringify(document).length;
  const message = `the policy of the endpoint of ${service} has ${characters} characters, and EC2 allows at most ${MAX_ENDPOINT_POLICY_CHARACTERS}; move applications to another environment with a VPC of its own`;
  return characters <= MAX_ENDPOINT_POLICY_CHARACTERS
    ? []
    : [{ kind: 'resource', message, principals: [], about: serviceName, classes: 1 }];
}

function proveClasses(plan: AccessPlan, account: Account, endpoint: EndpointPlan, policy: Policy): Part {
  const [first] = plan.applications;
  const proof = proveSpace({
    layers: layersOf(policy),
    intent: endpointIntent(plan, endpoint.service),
    surroundings: {
      actions: EXAMPLE_ACTIONS,
      resources: exampleResources(plan, first, account),
      values: exampleValues(plan, first, account),
    },
  });
  const { classes, allowed, denied } = proof;
  return {
    counts: { classes, decisions: classes, allowed, denied },
    violations: [
      ...refused(proof, [nameOf(endpoint)], endpoint.serviceName),
      ...proof.findings.map((finding) => classViolation(account, endpoint, finding)),
    ],
  };
}

/** An endpoint only limits what principals may do. */
function layersOf(endpoint: Policy): PolicyLayers {
  return { identity: [EVERYTHING], endpoint };
}

function classViolation(account: Account, endpoint: EndpointPlan, finding: SpaceFinding): Violation {
  const { kind, witness, decidedBy, purpose, classes } = finding;
  const by = decidedBy && { policy: decidedBy.policy, sid: decidedBy.statement.sid };
  const request = requestWords(account, witness, 'every key');
  const words = by === undefined ? '' : statementWords(by);
  const name = nameOf(endpoint);
  const messages = {
    excess: `${name} lets through ${request}; allowed by ${words}; the environment file does not ask for this`,
    escalation: '',
    missing: `${name} does not let through ${request}; the plan intends that ${purpose}`,
    undecided: `whether ${name} lets through ${request} cannot be decided: ${words}: ${finding.reason}`,
  };
  return {
    kind,
    message: messages[kind],
    principals: [],
    about: endpoint.serviceName,
    witness,
    classes,
    ...(by !== undefined && { decidedBy: { policy: by.policy, ...(by.sid !== undefined && { sid: by.sid }) } }),
  };
}

/** Tries every request that the principals of applications make through the endpoint, with the tags of the templates. */
function provePassing(
  plan: AccessPlan,
  account: Account,
  found: readonly Found[],
  service: EndpointService,
  policy: Policy,
): { readonly decisions: number; readonly violations: readonly Violation[] } {
  let decisions = 0;
  const violations = found
    .filter(([planned]) => planned.origin !== 'service' && !callsFromOutside(planned))
    .flatMap(([planned, principal]): readonly Violation[] => {
      const known = knownValues(account, planned, principal, { serviceControl: [] });
      const arns =
        planned.origin === 'existing'
          ? possibleArns(plan, planned).map((arn) => arn.replace('*', 'some/path'))
          : [principal.arn];
      const requests = intendedRequests(plan, account, [planned, principal], known)
        .filter(({ action }) => endpointOf(action) === service)
        .flatMap(({ action, resource, context }) =>
          arns.map((arn) => ({ action, resource, context: { ...context, 'aws:PrincipalArn': [arn] } })),
        );
      decisions += requests.length;
      return requests
        .filter((request) => evaluate(layersOf(policy), request).decision !== 'allowed')
        .map((witness) => ({
          kind: 'missing',
          message: `${principalLabel(planned)} may not ${requestWords(account, witness, [])} through the endpoint of ${service}; the plan intends it`,
          principals: [principalLabel(planned)],
          about: policy.name,
          witness,
          classes: 1,
        }));
    });
  return { decisions, violations };
}
