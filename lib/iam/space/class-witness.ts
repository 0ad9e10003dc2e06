import { conditionKey } from '../../catalog/condition-keys';
import type { AccessRequest, RequestContext } from '../match/access-request';
import type { RequestSpace } from './request-space';

/**
 * Returns a request of the class with these numbers, one for each dimension. It includes the known keys, so that any
 * evaluator can decide it.
 */
export function classWitness(
  { dimensions }: RequestSpace,
  indices: readonly number[],
  known: RequestContext,
): AccessRequest {
  const [[action = ''] = [], [resource = ''] = [], ...values] = dimensions.map(
    (d, i) => d.classes[indices[i] ?? 0]?.witness ?? [],
  );
  const context = dimensions.slice(2).flatMap(({ name }, i): readonly [string, readonly string[]][] => {
    const own = values[i] ?? [];
    return own.length === 0 ? [] : [[conditionKey(name)?.name ?? name, own]];
  });
  return { action, resource, context: { ...Object.fromEntries(context), ...known } };
}
