import type { Account } from '../../account/account';
import { type Guardrail, type InvokeAction, invokeChecks } from '../../account/invoke-checks';
import { type InvokeTarget, invokeTarget } from '../../account/invoke-target';
import { AwsError } from '../aws-error';
import { answerConverse } from '../converse/answer-converse';
import { converseReply } from '../converse/converse-reply';
import { converseStreamReply } from '../converse/converse-stream-reply';
import { embed } from '../embedding/embed';
import { JsonField } from '../json-field';
import type { Operation, World } from '../operation';
import type { ReceivedRequest } from '../transport/received-request';
import type { Reply } from '../transport/reply';
import { guardrailOf } from './guardrail';

interface RuntimeOperation {
  readonly name: 'Converse' | 'ConverseStream' | 'InvokeModel';
  readonly action: InvokeAction;
  readonly serve: (body: JsonField, model: InvokeTarget['model'], world: World) => Reply;
}

/** By the last segment of the path. */
const OPERATIONS = new Map<string, RuntimeOperation>([
  [
    'converse',
    {
      name: 'Converse',
      action: 'bedrock:InvokeModel',
      serve: (body, model, world) => converseReply(answerConverse(body, model, world)),
    },
  ],
  [
    'converse-stream',
    {
      name: 'ConverseStream',
      action: 'bedrock:InvokeModelWithResponseStream',
      serve: (body, model, world) => converseStreamReply(answerConverse(body, model, world)),
    },
  ],
  ['invoke', { name: 'InvokeModel', action: 'bedrock:InvokeModel', serve: embed }],
]);

/** The guardrail of a call: in the body of Converse, in headers of InvokeModel. */
function namedGuardrail(
  account: Account,
  name: string,
  request: ReceivedRequest,
  body: JsonField,
): Guardrail | undefined {
  if (name === 'InvokeModel') {
    const identifier = request.headers.get('x-amzn-bedrock-guardrailidentifier')?.[0];
    const version = request.headers.get('x-amzn-bedrock-guardrailversion')?.[0] ?? '';
    return identifier === undefined ? undefined : guardrailOf(account, identifier, version);
  }
  const config = body.at('guardrailConfig');
  return config.present
    ? guardrailOf(account, config.at('guardrailIdentifier').text(), config.at('guardrailVersion').text())
    : undefined;
}

function checkOnDemand({ region }: Account, target: InvokeTarget, modelId: string): void {
  if (target.kind === 'foundation-model' && !target.model.onDemandRegions.includes(region)) {
    throw new AwsError(
      400,
      'ValidationException',
      `Invocation of model ID ${modelId} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
    );
  }
}

/** Converse, ConverseStream or InvokeModel: what is called, then whether it may be, then whether the request is sound. */
export function runtimeOperation(operation: Operation, modelId: string, last: string): Reply {
  const { request, world } = operation;
  const { account, reading } = world;
  const called = OPERATIONS.get(last);
  if (called === undefined) {
    throw new AwsError(
      404,
      'UnknownOperationException',
      `the sandbox does not serve POST /model/…/${last.slice(0, 100)}`,
    );
  }
  const body = JsonField.ofBody(request.body);
  const target = invokeTarget(account, modelId);
  if (target.kind === 'unknown') {
    if (target.profileArn !== undefined) {
      // Unverified: that Bedrock asks IAM before it looks for the profile.
      operation.authorise(called.name, modelId, [{ action: called.action, resource: target.profileArn, context: {} }]);
    }
    throw new AwsError(target.error === 'ResourceNotFoundException' ? 404 : 400, target.error, target.message);
  }
  const guardrail = namedGuardrail(account, called.name, request, body);
  const question = { account, target, action: called.action, reading, ...(guardrail !== undefined && { guardrail }) };
  operation.authorise(called.name, modelId, invokeChecks(question));
  checkOnDemand(account, target, modelId);
  return called.serve(body, target.model, world);
}
