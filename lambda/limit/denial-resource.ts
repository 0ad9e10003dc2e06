import { boundedText } from '../../aws/bounded-text';
import type { ResourceRequest } from '../custom-resource/resource-request';
import type { Act, LimitAnswer } from './act';
import { type Carrier, inWords } from './denial';
import type { LimitDependencies } from './limit-dependencies';

/** What the stack of an application says of its denial. */
interface DenialOrder {
  readonly application: string;
  /** Whom a denial is attached to. */
  readonly principals: readonly Carrier[];
}

/**
 * Keeps a denial right while its stack changes, which the stack itself cannot: its template attaches it to nobody.
 *
 * An update while the application is denied takes it from principals that left, whose roles could not be deleted
 * otherwise, and gives it to those that came, since a new principal must be no way around a limit. A deletion takes it from
 * everybody, or neither the policy nor the roles could go. While nobody carries it there is nothing to do.
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
    // It was never made, and CloudFormation deletes what it could not create.
    return { acts: [], failures: [] };
  }
  const { application, principals } = parseDenialOrder(request);
  const denial = await denialOf(application, true);
  const carriers = (await denial.carriers()) ?? [];
  if (carriers.length === 0) {
    return { acts: [], failures: [] };
  }
  const isIn = (all: readonly Carrier[]) => (c: Carrier) => all.some((o) => o.kind === c.kind && o.name === c.name);
  const left = deleted ? carriers : carriers.filter((c) => !isIn(principals)(c));
  const came = deleted ? [] : principals.filter((p) => !isIn(carriers)(p));
  const detached = await denial.detach(left);
  const attached = await denial.attach(came);
  const act: Act = {
    act: deleted ? 'released' : 'followed',
    application,
    by: { stack: boundedText(StackId) },
    at: today().toISOString(),
    principals: [...detached.moved, ...attached.moved].map(inWords),
    ...(!deleted && {
      note: `left: ${listed(detached.moved)}; came: ${listed(attached.moved)}`,
    }),
  };
  const nothing = act.principals.length === 0 && !deleted;
  return { acts: nothing ? [] : [act], failures: [...detached.failures, ...attached.failures] };
}

/** It never changes: another one would make CloudFormation delete the "old" denial, and so detach it. */
export const DENIAL_ID = 'bedrock-access-denial';

const listed = (carriers: readonly Carrier[]): string => carriers.map(inWords).join(', ') || 'nobody';

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
