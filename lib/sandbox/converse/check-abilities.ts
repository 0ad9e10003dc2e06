import type { Ability, FoundationModel } from '../../catalog/foundation-model';
import { AwsError } from '../aws-error';
import type { JsonField } from '../json-field';
import type { Content } from './content';
import { promptBlocks } from './prompt-blocks';
import type { ConverseRequest } from './read-converse';

const NO_CACHE =
  'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.';

function refuse(what: string): never {
  throw new AwsError(400, 'ValidationException', `This model doesn't support ${what}`);
}

/** A content block, and the blocks of a tool's result. */
function within(content: Content): readonly Content[] {
  return content.kind === 'toolResult' ? content.content.flatMap(within) : [content];
}

/**
 * Refuses what the catalog knows the model not to take.
 *
 * Of a model without any ability nothing is known, so nothing is refused.
 */
export function checkAbilities(body: JsonField, model: FoundationModel, request: ConverseRequest): void {
  const { abilities = [], systemPrompt } = model;
  if (systemPrompt === false && request.system.length > 0) {
    refuse('system messages. Try again without a system message or use a model that supports system messages.');
  }
  if (abilities.length === 0) {
    return;
  }
  const lacks = (ability: Ability): boolean => !abilities.includes(ability);
  const kinds = new Set(
    promptBlocks(request)
      .flatMap(within)
      .map(({ kind }) => kind),
  );
  if (request.tools !== undefined && lacks('tools')) {
    refuse('tool use.');
  }
  if (body.at('toolConfig').at('toolChoice').at('tool').present && lacks('forcedTool')) {
    refuse('the toolConfig.toolChoice.tool field. Remove toolConfig.toolChoice.tool and try again.');
  }
  if (kinds.has('image') && lacks('images')) {
    refuse('images. Remove the image blocks and try again.');
  }
  if (kinds.has('document') && lacks('documents')) {
    refuse('documents. Remove the document blocks and try again.');
  }
  if (kinds.has('marker') && lacks('promptCaching')) {
    // A 403 that is none of IAM's, as clients of models without a cache report it.
    throw new AwsError(403, 'AccessDeniedException', NO_CACHE);
  }
}
