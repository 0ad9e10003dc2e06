import type { Account, Principal } from '../../../lib/account/account';
import { readTemplateAccount } from '../../../lib/account/templates/template-account';
import type { Environment } from '../../../lib/config/environment';
import type { RequestContext } from '../../../lib/iam/match/access-request';
import type { Policy } from '../../../lib/iam/policy/policy';
import { type AccessPlan, planAccess } from '../../../lib/plan/environment/access-plan';
import { type PlannedPrincipal, principals } from '../../../lib/plan/environment/principals';
import { findPrincipals } from '../../../lib/proof/finding/find-principals';
import type { Violation } from '../../../lib/proof/finding/proof';
import { factsOfFile } from '../../../lib/proof/outer/facts-of-file';
import { proveOuter } from '../../../lib/proof/outer/prove-outer';
import { application, environment } from '../../plan/environments';
import { sharedAssembly } from '../../stacks/shared-assembly';

/** An environment with the policies that a test puts around it. */
export interface Surrounded {
  readonly file: Environment;
  readonly plan: AccessPlan;
  readonly account: Account;
}

export interface Outcome {
  readonly violations: readonly Violation[];
  /** Lines about what was not looked at. */
  readonly notes: readonly string[];
}

const MODELS = {
  main: { model: 'anthropic.claude-sonnet-4-6', routing: 'us' },
  world: { model: 'anthropic.claude-haiku-4-5-20251001-v1:0', routing: 'global' },
  near: { model: 'amazon.nova-lite-v1:0', routing: 'regional' },
  embed: { model: 'amazon.titan-embed-text-v2:0', routing: 'regional' },
};

const ROLE_ARN = 'arn:aws:iam::111122223333:role/existing-app';

function surrounded(role: string, more: object, changes: Record<string, unknown> = {}): Surrounded {
  const file = environment(
    { chat: application({ models: MODELS, principals: [{ service: 'lambda.amazonaws.com' }, { role }], ...more }) },
    changes,
  );
  const plan = planAccess(file);
  return { file, plan, account: readTemplateAccount(sharedAssembly(plan), 'dev') };
}

/** A role by its name, no guardrail, and no tags beside the four of each environment. */
export const plain = surrounded('existing-app', {});

/** A role by its ARN, a guardrail, and tags of an organization. */
export const furnished = surrounded(
  ROLE_ARN,
  { guardrail: { id: 'abcdefgh1234', version: '1' } },
  { tags: { Team: 'data-science', organization: 'acme' } },
);

/** Limits for the models and routings that an answer may name. */
export const limited = surrounded(
  'existing-app',
  {},
  {
    limits: {
      models: ['anthropic.claude-sonnet-4-6', 'anthropic.claude-haiku-4-5-*', 'amazon.nova-lite-*', 'amazon.titan-*'],
      routing: ['regional', 'us', 'global'],
    },
  },
);

const document = (statements: readonly object[]) => ({ Version: '2012-10-17', Statement: statements });
const FULL: Policy = {
  name: 'FullAWSAccess',
  document: document([{ Effect: 'Allow', Action: '*', Resource: '*' }]),
};

export interface Around {
  /** Statements of service control policies, one list for each file. */
  readonly scps?: readonly (readonly object[])[];
  readonly session?: readonly object[];
  readonly endpoint?: readonly object[];
  readonly context?: RequestContext;
}

/** Proves an environment under policies from outside. */
export function outcome(
  { file, plan, account }: Surrounded,
  { scps = [], session, endpoint, context = {} }: Around,
): Outcome {
  const pairs = findPrincipals(account, principals(plan));
  const found = pairs.filter((pair): pair is readonly [PlannedPrincipal, Principal] => pair[1] !== undefined);
  const { part, notLookedAt } = proveOuter(plan, account, found, {
    serviceControl: scps.map((statements, i) => [FULL, { name: `scp-${i + 1}`, document: document(statements) }]),
    ...(session && { session: { name: 'session', document: document(session) } }),
    ...(endpoint && { endpoint: { name: 'endpoint', document: document(endpoint) } }),
    context,
    ...factsOfFile(file),
  });
  return { violations: part.violations, notes: notLookedAt };
}

/** Returns a statement that denies calls of models. */
export function deny(changes: object): object {
  return {
    Sid: 'No',
    Effect: 'Deny',
    Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    Resource: '*',
    ...changes,
  };
}
