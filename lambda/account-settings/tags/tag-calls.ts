import {
  type CostAllocationTag,
  CostExplorerClient,
  ListCostAllocationTagsCommand,
  UpdateCostAllocationTagsStatusCommand,
  type UpdateCostAllocationTagsStatusError,
} from '@aws-sdk/client-cost-explorer';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { ONE_ATTEMPT } from '../../../aws/services/one-attempt';

/** The cost allocation tags of the account that pays. */
export interface TagCalls {
  /** Those of these keys that billing has seen. */
  list(keys: readonly string[], signal: AbortSignal): Promise<readonly CostAllocationTag[]>;
  /** Answers the keys that could not be activated. */
  activate(keys: readonly string[], signal: AbortSignal): Promise<readonly UpdateCostAllocationTagsStatusError[]>;
}

export function tagCalls(region: string, requestHandler: NodeHttpHandler): TagCalls {
  // Cost Explorer has one endpoint a partition, which the SDK finds by the Region.
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
