import { boundedText } from '../../aws/bounded-text';
import { RESERVED_MILLISECONDS } from '../../aws/clock';
import { messageOf } from '../../aws/errors/message-of';
import type { ResourceRequest } from '../custom-resource/resource-request';
import type { Act, LimitAnswer } from './act';
import type { LimitDependencies } from './limit-dependencies';
import { type Carrier, carriersNamed, inWords, union, without } from './policies/carrier';
import { denyPrincipals, entitledPrincipals, undeniedPrincipals } from './policies/deny-principals';
import { restoreAccess } from './policies/restore-access';
import type { LimitSettings } from './settings';
import type { LimitParameters } from './store/limit-parameters';

/** The properties that an application's stack gives its denial. */
interface DenialOrder {
  readonly application: string;
  readonly principals: readonly Carrier[];
  readonly policyArns: readonly string[];
}

/** Maximum time until the Parameter Store no longer finds a deleted parameter, in milliseconds. */
const LONGEST_MILLISECONDS = 60_000;
const POLL_MILLISECONDS = 2_000;

/**
 * Keeps a denial with the right principals when its stack changes. The stack cannot do this by itself, because its
 * template attaches the denial to no principal.
 *
 * If the application is denied, an update detaches the denial from removed principals, whose roles could not be deleted
 * otherwise, and denies added ones, which would escape the limit otherwise. A deletion puts everything back as the
 * template has it, because neither the policies nor the roles could be deleted otherwise. If the application is not
 * denied, there is nothing to do.
 */
export async function changeDenial(request: ResourceRequest, dependencies: LimitDependencies): Promise<LimitAnswer> {
  const { RequestType, PhysicalResourceId } = request;
  const nothing: LimitAnswer = { acts: [], failures: [] };
  if (RequestType === 'Delete' && (PhysicalResourceId !== DENIAL_ID || !isReadable(request))) {
    // The denial was never created. CloudFormation also deletes resources whose creation failed.
    return nothing;
  }
  const order = parseDenialOrder(request);
  requireOwnStack(request, order, dependencies.settings);
  switch (RequestType) {
    case 'Create':
      return nothing;
    case 'Update':
      return follow(request, order, dependencies);
    case 'Delete':
      return putBack(request, order, dependencies);
  }
}

/** The physical id never changes: a new one would make CloudFormation delete the "old" denial, and so detach it. */
export const DENIAL_ID = 'bedrock-access-denial';

/** Moves the denial of a denied application to its new principals. */
async function follow(
  { StackId }: ResourceRequest,
  { application, principals, policyArns }: DenialOrder,
  { settings, denialOf, limits, today }: LimitDependencies,
): Promise<LimitAnswer> {
  const denial = await denialOf(application, true);
  const carriers = await denial.carriers(denial.policyArn);
  if (carriers.length === 0 && !mayBeDenied(await limits.readOne(application))) {
    return { acts: [], failures: [] };
  }
  // The template took the access from removed principals before. One that still has it stays denied.
  const removed = without(without(carriers, principals), await entitledPrincipals(denial, policyArns));
  const failures: string[] = [];
  const detached: Carrier[] = [];
  for (const principal of removed) {
    try {
      await denial.detach(denial.policyArn, principal);
      detached.push(principal);
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
  const added = await undeniedPrincipals(denial, policyArns, settings.probeRoleNames(application));
  const denied = await denyPrincipals(denial, policyArns, added);
  const { attached, withoutAccess } = denied;
  const act: Act = {
    ...{ act: 'followed', application, by: { stack: boundedText(StackId) }, at: today().toISOString() },
    principals: [...detached, ...attached].map(inWords),
    ...(withoutAccess.length > 0 && { withoutAccess: withoutAccess.map(inWords) }),
    note: `removed: ${listed(detached)}; added: ${listed(union(attached, withoutAccess))}`,
  };
  const changed = detached.length + attached.length + withoutAccess.length > 0;
  return { acts: changed ? [act] : [], failures: [...failures, ...denied.failures] };
}

/** Lifts the denial of an application whose limit is deleted, and deletes its state. */
async function putBack(
  { StackId }: ResourceRequest,
  { application, principals, policyArns }: DenialOrder,
  { denialOf, limits, clock, today }: LimitDependencies,
): Promise<LimitAnswer> {
  // The template deletes the limit first. While it exists, the stack does not delete the denial, and a run of the
  // schedule could deny again.
  const since = clock.now();
  while ((await limits.readOne(application)).exists) {
    if (
      clock.now() - since > LONGEST_MILLISECONDS ||
      clock.timeLeft() < RESERVED_MILLISECONDS + 2 * POLL_MILLISECONDS
    ) {
      throw new Error(`the limit of ${application} still exists, so its denial stays; delete the stack again`);
    }
    await clock.sleep(POLL_MILLISECONDS);
  }
  const denial = await denialOf(application, true);
  const carriers = await denial.carriers(denial.policyArn);
  const isDenied = carriers.length > 0 || mayBeDenied(await limits.readOne(application));
  const restored = isDenied ? await restoreAccess(denial, policyArns, principals) : { principals: [], failures: [] };
  if (restored.failures.length === 0) {
    await limits.deleteState(application);
  }
  const act: Act = {
    ...{ act: 'released', application, by: { stack: boundedText(StackId) }, at: today().toISOString() },
    principals: restored.principals.map(inWords),
  };
  return { acts: isDenied ? [act] : [], failures: restored.failures };
}

/** True if the state says so, or cannot be read. */
const mayBeDenied = ({ state }: LimitParameters): boolean => state === undefined || state.denied !== undefined;

const listed = (carriers: readonly Carrier[]): string => carriers.map(inWords).join(', ') || 'none';

/** @throws Error if the stack of another application asks */
function requireOwnStack(
  { StackId }: ResourceRequest,
  { application }: DenialOrder,
  { environment }: LimitSettings,
): void {
  if (StackId.split('/')[1] !== `${environment}--${application}`) {
    throw new Error(`the stack ${boundedText(StackId)} is not the stack of ${application} in ${environment}`);
  }
}

function isReadable(request: ResourceRequest): boolean {
  try {
    parseDenialOrder(request);
    return true;
  } catch {
    return false;
  }
}

function parseDenialOrder({ ResourceProperties }: ResourceRequest): DenialOrder {
  const {
    Application: application,
    Roles: roles = [],
    Users: users = [],
    Policies: policies = [],
  } = ResourceProperties;
  if (typeof application !== 'string' || application === '') {
    throw new Error(`the denial has the Application ${boundedText(JSON.stringify(application) ?? 'undefined')}`);
  }
  const texts = (what: string, values: unknown): readonly string[] => {
    if (!Array.isArray(values) || values.some((value) => typeof value !== 'string' || value === '')) {
      throw new Error(`the denial has the ${what} ${boundedText(JSON.stringify(values))}`);
    }
    return values;
  };
  return {
    application,
    principals: carriersNamed(texts('roles', roles), texts('users', users)),
    policyArns: texts('policies', policies),
  };
}
