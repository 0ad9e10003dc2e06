import type { Account, InferenceProfile, Principal } from '../../account/account';
import { isAssumed } from '../../account/assumed-policy';
import { type Guardrail, type InvokeAction, invokeChecks } from '../../account/invoke-checks';
import { invokeTarget } from '../../account/invoke-target';
import type { DecidedBy } from '../../iam/evaluate/decision';
import { evaluate } from '../../iam/evaluate/evaluate';
import { parsePolicy } from '../../iam/policy/parse-policy';
import type { Policy } from '../../iam/policy/policy';
import type { Template } from '../../iam/policy/template';
import { INVOKE_ACTIONS } from '../../plan/parts/statement';
import { knownKeys } from '../calls/known-keys';
import { layersOf } from '../calls/layers-of';
import type { FileControls } from '../controls/file-controls';
import { type AliasGeneration, aliasGenerations } from './alias-generations';
import { assumableBy } from './assumable-by';

/** Version of the form of a matrix. Version 2 holds the controls too. */
export const MATRIX_VERSION = 2;

/** A profile that a principal can call: IAM allows every request that Bedrock makes for such a call. */
export interface MatrixCall {
  readonly application: string;
  readonly alias: string;
  readonly model: string;
  readonly routing: string;
  /** Regions that may answer a call; `any` for a model whose ARN has no Region. */
  readonly regions: readonly string[];
  /** Name of the application inference profile that every call goes through. */
  readonly through: string;
  readonly actions: readonly InvokeAction[];
  /**
   * Guardrail that a call must name, with its version.
   *
   * @default - a call need not name a guardrail
   */
  readonly guardrail?: string;
  /** Statements that allow the call, each as `POLICY Sid SID`. */
  readonly decidedBy: readonly string[];
}

/** A role or user and the profiles it can call. */
export interface MatrixPrincipal {
  /** Kind and name, such as `role dev_support-chat_lambda`. */
  readonly principal: string;
  /**
   * Principals that can assume the role, a line each. Empty for a user, and for a role whose trust policy is unknown.
   */
  readonly becomes: readonly string[];
  /** Name of the permissions boundary. */
  readonly boundary?: string;
  /**
   * ARNs of managed policies besides, each taken to allow everything that the boundary allows.
   *
   * @default - none
   */
  readonly further?: readonly string[];
  /** False for an existing role or user: policies outside the templates may give it more access. */
  readonly complete: boolean;
  readonly calls: readonly MatrixCall[];
}

/** A profile of an alias. An upgrade replaces the profile, which changes its ARN, metric id and billing identity. */
export interface MatrixProfile {
  readonly application: string;
  readonly alias: string;
  readonly name: string;
  readonly model: string;
  readonly routing: string;
  /** True when the alias points to this profile. */
  readonly served: boolean;
}

/** The calls that each principal of an environment can make. It is sorted, so equal access gives equal matrices. */
export interface AccessMatrix {
  readonly schemaVersion: typeof MATRIX_VERSION;
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  readonly profiles: readonly MatrixProfile[];
  readonly principals: readonly MatrixPrincipal[];
  /** Monthly budget of each application, in US dollars. Empty when the environment file was not read. */
  readonly budgets: FileControls['budgets'];
  /** The controls of the environment file, by path. Empty when it was not read. */
  readonly controls: FileControls['controls'];
}

/**
 * Evaluates the access that an account gives, from its policies alone. The matrix holds no stand-in for an id that
 * Bedrock assigns at deployment, so it changes only when access changes.
 */
export function accessMatrix(
  environment: string,
  account: Account,
  { budgets, controls }: FileControls = { budgets: {}, controls: {} },
): AccessMatrix {
  const generations = aliasGenerations(environment, account);
  const byArn: GenerationsByArn = new Map(generations.map((g) => [g.profile.arn, g]));
  return {
    schemaVersion: MATRIX_VERSION,
    environment,
    account: account.accountId,
    region: account.region,
    profiles: generations.map(({ application, alias, profile, model, routing, served }) => ({
      application,
      alias,
      name: profile.name,
      model,
      routing,
      served,
    })),
    principals: account.principals
      .map((principal) => matrixPrincipal(account, principal, byArn))
      .sort((a, b) => (a.principal < b.principal ? -1 : 1)),
    budgets,
    controls,
  };
}

function matrixPrincipal(account: Account, principal: Principal, generations: GenerationsByArn): MatrixPrincipal {
  const { kind, name, boundary, complete, trust, policies } = principal;
  const further = policies
    .filter(isAssumed)
    .map((p) => p.name)
    .sort();
  return {
    principal: `${kind} ${name}`,
    becomes: trust === undefined ? [] : assumableBy(trust),
    ...(boundary !== undefined && { boundary: boundary.name.split('/').at(-1) ?? boundary.name }),
    ...(further.length > 0 && { further }),
    complete,
    calls: generationsNamed(policies, generations).flatMap(
      (generation) => matrixCall(account, principal, generation) ?? [],
    ),
  };
}

type GenerationsByArn = ReadonlyMap<string, AliasGeneration>;

/** Lists the generations whose profile a statement may name. No others can be called, so no others are evaluated. */
function generationsNamed(policies: readonly Policy[], generations: GenerationsByArn): readonly AliasGeneration[] {
  const named = new Set<AliasGeneration>();
  for (const { resources } of policies.flatMap((p) => parsePolicy(p, 'identity').statements)) {
    for (const { text, parts } of resources.patterns) {
      const generation = generations.get(text);
      if (generation !== undefined) {
        named.add(generation);
      } else if (parts === undefined || (/[*?$]/.test(text) && mayNameProfiles(parts))) {
        return [...generations.values()];
      }
    }
    if (resources.negated) {
      return [...generations.values()];
    }
  }
  return [...generations.values()].filter((g) => named.has(g));
}

function mayNameProfiles([, , service = [], , , name = []]: readonly Template[]): boolean {
  const [first] = name;
  return service.join('') === 'bedrock' && (typeof first !== 'string' || first.startsWith('application-inference-'));
}

function matrixCall(account: Account, principal: Principal, generation: AliasGeneration): MatrixCall | undefined {
  const { application, alias, model, routing, profile, guardrail } = generation;
  const plain = allowedActions(account, principal, profile, undefined);
  // Naming a guardrail is allowed even where none is required. It is required only if the call without it is denied.
  const guarded = plain.actions.length === 0 && guardrail !== undefined;
  const { actions, regions, decidedBy } = guarded ? allowedActions(account, principal, profile, guardrail) : plain;
  return actions.length === 0
    ? undefined
    : {
        application,
        alias,
        model,
        routing,
        regions,
        through: profile.name,
        actions,
        ...(guarded && { guardrail: guardrail.identifier.split('/').at(-1) ?? guardrail.identifier }),
        decidedBy,
      };
}

interface Allowed {
  readonly actions: readonly InvokeAction[];
  readonly regions: readonly string[];
  readonly decidedBy: readonly string[];
}

/**
 * Lists the invoke actions that a whole call through the profile may use, under every reading of the system profile.
 */
function allowedActions(
  account: Account,
  principal: Principal,
  profile: InferenceProfile,
  guardrail: Guardrail | undefined,
): Allowed {
  const target = invokeTarget(account, profile.arn);
  const who = knownKeys(account, principal);
  const actions: InvokeAction[] = [];
  const regions = new Set<string>();
  const decidedBy = new Set<string>();
  for (const action of target.kind === 'unknown' ? [] : INVOKE_ACTIONS) {
    const checks =
      target.kind === 'unknown'
        ? []
        : invokeChecks({ account, target, action, reading: 'every', ...(guardrail !== undefined && { guardrail }) });
    const decisions = checks.map((check) =>
      evaluate(layersOf(principal), { ...check, context: { ...who, ...check.context } }),
    );
    if (decisions.every((d) => d.decision === 'allowed')) {
      actions.push(action);
      for (const by of decisions.flatMap((d) => d.decidedBy.filter((b) => b.layer === 'identity'))) {
        decidedBy.add(statement(by));
      }
      for (const { resource } of checks.filter((c) => c.resource.includes(':foundation-model/'))) {
        regions.add(resource.split(':')[3] || 'any');
      }
    }
  }
  return { actions, regions: [...regions].sort(), decidedBy: [...decidedBy].sort() };
}

function statement({ policy, sid }: DecidedBy): string {
  const name = policy.startsWith('arn:') ? (policy.split('/').at(-1) ?? policy) : policy;
  return sid === undefined ? name : `${name} Sid ${sid}`;
}
