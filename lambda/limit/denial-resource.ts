import { boundedText } from '../../aws/bounded-text';
import type { ResourceRequest } from '../custom-resource/resource-request';
import type { Act, LimitAnswer } from './act';
import { type Carrier, inWords } from './denial';
import type { LimitDependencies } from './limit-dependencies';

/** The properties that an application's stack gives its denial. */
interface DenialOrder {
  readonly application: string;
  /** Principals that a denial is attached to. */
  readonly principals: readonly Carrier[];
}

/**
 * Keeps a denial attached to the right principals when its stack changes. The stack cannot do this by itself, because
 * its template attaches the denial to no principal.
 *
 * If the application is denied, an update detaches the denial from removed principals, whose roles could not be deleted
 * otherwise, and attaches it to added ones, which would escape the limit otherwise. A deletion detaches it from all
 * principals, because neither the policy nor the roles could be deleted otherwise. If the application is not denied,
 * there is nothing to do.
 */
export async function changeDenial(request: ResourceRequest, dependencies: LimitDependencies): Promise<LimitAnswer> {
  const { RequestType, StackId, PhysicalResourceId } = request;
  const { denialOf, today } = dependencies;
  if (RequestType === 'Create') {
    parseDenialOrder(request);
    return { acts: [], failures: [] };
  }
  const deleted = RequestType === 'Delete';
  if (deleted && (PhysicalResourceId !== DENIAL_ID || !isReadable(request))) {
    // The denial was never created. CloudFormation also deletes resources whose creation failed.
    return { acts: [], failures: [] };
  }
  const { application, principals } = parseDenialOrder(request);
  const denial = await denialOf(application, true);
  const carriers = (await denial.carriers()) ?? [];
  if (carriers.length === 0) {
    return { acts: [], failures: [] };
  }
  const isIn = (all: readonly Carrier[]) => (c: Carrier) => all.some((o) => o.kind === c.kind && o.name === c.name);
  const removed = deleted ? carriers : carriers.filter((c) => !isIn(principals)(c));
  const added = deleted ? [] : principals.filter((p) => !isIn(carriers)(p));
  const detached = await denial.detach(removed);
  const attached = await denial.attach(added);
  const act: Act = {
    act: deleted ? 'released' : 'followed',
    application,
    by: { stack: boundedText(StackId) },
    at: today().toISOString(),
    principals: [...detached.changed, ...attached.changed].map(inWords),
    ...(!deleted && {
      note: `removed: ${listed(detached.changed)}; added: ${listed(attached.changed)}`,
    }),
  };
  const nothing = act.principals.length === 0 && !deleted;
  return { acts: nothing ? [] : [act], failures: [...detached.failures, ...attached.failures] };
}

/** The physical id never changes: a new one would make CloudFormation delete the "old" denial, and so detach it. */
export const DENIAL_ID = 'bedrock-access-denial';

const listed = (carriers: readonly Carrier[]): string => carriers.map(inWords).join(', ') || 'none';

function isReadable(request: ResourceRequest): boolean {
  try {
    parseDenialOrder(request);
    return true;
  } catch {
    return false;
  }
}

function parseDenialOrder({ ResourceProperties }: ResourceRequest): DenialOrder {
  const { Application: application, Roles: roles = [], Users: users = [] } = ResourceProperties;
  if (typeof application !== 'string' || application === '') {
    throw new Error(`the denial has the Application ${boundedText(JSON.stringify(application) ?? 'undefined')}`);
  }
  const named = (kind: Carrier['kind'], names: unknown): readonly Carrier[] => {
    if (!Array.isArray(names) || names.some((name) => typeof name !== 'string' || name === '')) {
      throw new Error(`the denial has the ${kind}s ${boundedText(JSON.stringify(names))}`);
    }
    return names.map((name: string) => ({ kind, name }));
  };
  return { application, principals: [...named('role', roles), ...named('user', users)] };
}
