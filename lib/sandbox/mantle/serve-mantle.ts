import { regionalArn } from '../../catalog/arn';
import { findModel } from '../../catalog/catalog';
import { AwsError } from '../aws-error';
import { JsonField } from '../json-field';
import type { Operation } from '../operation';
import type { Reply } from '../transport/reply';

const ACTION = 'bedrock-mantle:CreateInference';

/**
 * Answers Chat Completions without streaming, as Bedrock's OpenAI-compatible endpoint `bedrock-mantle` does.
 *
 * IAM decides on the default project, with the model in a condition key (service authorization reference, 2026-09-26).
 * Inference profiles are refused (Bedrock User Guide). It is `unverified` that access is decided before validation.
 */
export function serveMantle(operation: Operation): Reply {
  const { request, state } = operation;
  const { method, path } = request;
  if (method !== 'POST' || path !== '/v1/chat/completions') {
    throw new AwsError(404, 'UnknownOperationException', `the sandbox does not serve ${method} ${path.slice(0, 200)}`);
  }
  const body = JsonField.fromBody(request.body);
  const modelId = body.at('model').text();
  const { partition, region, accountId } = state.account;
  const project = regionalArn({ partition, region, account: accountId }, 'bedrock-mantle', 'project/default');
  operation.authorise('CreateInference', modelId, [
    { action: ACTION, resource: project, context: { 'bedrock-mantle:Model': [modelId] } },
  ]);
  if (modelId.startsWith('arn:')) {
    throw new AwsError(400, 'ValidationException', 'inference profiles are not supported by bedrock-mantle');
  }
  if (findModel(modelId)?.kind !== 'chat') {
    throw new AwsError(404, 'model_not_found', `The model '${modelId.slice(0, 200)}' does not exist`);
  }
  const messages = body.at('messages').list();
  if (messages.length === 0) {
    throw body.at('messages').invalid('is required');
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(completion(request.id, modelId, messages)),
  };
}

/** Builds the response. Four characters count as one token. */
function completion(id: string, model: string, messages: readonly JsonField[]): unknown {
  const content = `[bedrock-access sandbox] scripted answer of ${model} to ${messages.length} message(s)`;
  const [prompt, answer] = [JSON.stringify(messages.map(({ value }) => value)), content].map((text) =>
    Math.ceil(text.length / 4),
  );
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: prompt, completion_tokens: answer, total_tokens: (prompt ?? 0) + (answer ?? 0) },
  };
}
