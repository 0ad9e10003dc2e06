import {
  type CostAllocationTag,
  CostExplorerClient,
  ListCostAllocationTagsCommand,
  UpdateCostAllocationTagsStatusCommand,
  type UpdateCostAllocationTagsStatusError,
} from '@aws-sdk/client-cost-explorer';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { ONE_ATTEMPT } from '../../../aws/services/one-attempt';

/** The calls for the cost allocation tags of the paying account. */
export interface TagCalls {
  /** Returns the tags with these keys that AWS Billing has seen. */
  list(keys: readonly string[], signal: AbortSignal): Promise<readonly CostAllocationTag[]>;
  /** Activates keys and returns an error for each key that was not activated. */
  activate(keys: readonly string[], signal: AbortSignal): Promise<readonly UpdateCostAllocationTagsStatusError[]>;
}

export function tagCalls(region: string, requestHandler: NodeHttpHandler): TagCalls {
  // Cost Explorer has one endpoint per partition, which the SDK derives from the Region.
  const costExplorer = new CostExplorerClient({ region, ...ONE_ATTEMPT, requestHandler });
  return {
    async list(keys, abortSignal) {
      const tags: CostAllocationTag[] = [];
      let NextToken: string | undefined;
      do {
        const page = await costExplorer.send(
          new ListCostAllocationTagsCommand({ TagKeys: [...keys], Type: 'UserDefined', NextToken }),
          { abortSignal },
        );
        tags.push(...(page.CostAllocationTags ?? []));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      return tags;
    },
    async activate(keys, abortSignal) {
      const CostAllocationTagsStatus = keys.map((TagKey) => ({ TagKey, Status: 'Active' }) as const);
      const command = new UpdateCostAllocationTagsStatusCommand({ CostAllocationTagsStatus });
      return (await costExplorer.send(command, { abortSignal })).Errors ?? [];
    },
  };
}
