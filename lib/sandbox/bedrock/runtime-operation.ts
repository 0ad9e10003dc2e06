import type { Account } from '../../account/account';
import { type Guardrail, type InvokeAction, invokeChecks } from '../../account/invoke-checks';
import { type InvokeTarget, invokeTarget } from '../../account/invoke-target';
import { AwsError } from '../aws-error';
import { answerConverse } from '../converse/answer-converse';
import { converseReply } from '../converse/converse-reply';
import { converseStreamReply } from '../converse/converse-stream-reply';
import { embed } from '../embedding/embed';
import { JsonField } from '../json-field';
import type { Operation, SandboxState } from '../operation';
import type { ReceivedRequest } from '../transport/received-request';
import type { Reply } from '../transport/reply';
import { readGuardrail } from './guardrail';
import { requestedTier } from './service-tier';

interface RuntimeOperation {
  readonly name: 'Converse' | 'ConverseStream' | 'InvokeModel';
  readonly action: InvokeAction;
  readonly serve: (body: JsonField, model: InvokeTarget['model'], state: SandboxState) => Reply;
}

/** Operations by the last segment of the request path. */
const OPERATIONS = new Map<string, RuntimeOperation>([
  [
    'converse',
    {
      name: 'Converse',
      action: 'bedrock:InvokeModel',
      serve: (body, model, state) => converseReply(answerConverse(body, model, state)),
    },
  ],
  [
    'converse-stream',
    {
      name: 'ConverseStream',
      action: 'bedrock:InvokeModelWithResponseStream',
      serve: (body, model, state) => converseStreamReply(answerConverse(body, model, state)),
    },
  ],
  ['invoke', { name: 'InvokeModel', action: 'bedrock:InvokeModel', serve: embed }],
]);

/** Reads the guardrail of a call: Converse names it in the body, InvokeModel in headers. */
function requestedGuardrail(
  account: Account,
  name: string,
  request: ReceivedRequest,
  body: JsonField,
): Guardrail | undefined {
  if (name === 'InvokeModel') {
    const identifier = request.headers.get('x-amzn-bedrock-guardrailidentifier')?.[0];
    const version = request.headers.get('x-amzn-bedrock-guardrailversion')?.[0] ?? '';
    return identifier === undefined ? undefined : readGuardrail(account, identifier, version);
  }
  const config = body.at('guardrailConfig');
  return config.present
    ? readGuardrail(account, config.at('guardrailIdentifier').text(), config.at('guardrailVersion').text())
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

/**
 * Answers Converse, ConverseStream or InvokeModel.
 *
 * It finds the target, then decides access, and only then validates the request.
 */
export function runtimeOperation(operation: Operation, modelId: string, last: string): Reply {
  const { request, state } = operation;
  const { account, reading } = state;
  const runtime = OPERATIONS.get(last);
  if (runtime === undefined) {
    throw new AwsError(
      404,
      'UnknownOperationException',
      `the sandbox does not serve POST /model/…/${last.slice(0, 100)}`,
    );
  }
  const body = JsonField.fromBody(request.body);
  const target = invokeTarget(account, modelId);
  if (target.kind === 'unknown') {
    if (target.profileArn !== undefined) {
      // `unverified`: Bedrock asks IAM before it looks the profile up.
      operation.authorise(runtime.name, modelId, [
        { action: runtime.action, resource: target.profileArn, context: {} },
      ]);
    }
    throw new AwsError(target.error === 'ResourceNotFoundException' ? 404 : 400, target.error, target.message);
  }
  const guardrail = requestedGuardrail(account, runtime.name, request, body);
  const tier = requestedTier(runtime.name, request, body);
  const invocation = {
    account,
    target,
    action: runtime.action,
    reading,
    ...(guardrail !== undefined && { guardrail }),
    ...(tier !== undefined && { tier }),
  };
  operation.authorise(runtime.name, modelId, invokeChecks(invocation));
  checkOnDemand(account, target, modelId);
  return runtime.serve(body, target.model, state);
}
