import type { Ability, FoundationModel } from '../../catalog/foundation-model';
import { AwsError } from '../aws-error';
import type { JsonField } from '../json-field';
import type { Content } from './content';
import type { ConverseRequest } from './converse-request';
import { promptBlocks } from './prompt-blocks';

const NO_CACHE =
  'You invoked an unsupported model or your request did not allow prompt caching. See the documentation for more information.';

function refuse(rest: string): never {
  throw new AwsError(400, 'ValidationException', `This model doesn't support ${rest}`);
}

/** Returns a content block itself, or the blocks within a tool result. */
function flatten(content: Content): readonly Content[] {
  return content.kind === 'toolResult' ? content.content.flatMap(flatten) : [content];
}

/**
 * Refuses content that the catalog knows the model does not support.
 *
 * When the catalog lists no abilities of a model, they are unknown and nothing but a system prompt is refused.
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
      .flatMap(flatten)
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
    // Users of models without prompt caching report this 403, which does not come from IAM.
    throw new AwsError(403, 'AccessDeniedException', NO_CACHE);
  }
}
