import { type Clock, RESERVED_MILLISECONDS } from '../../aws/clock';
import { printable } from '../../aws/printable';
import { retry } from '../../aws/retry/retry';
import type { ResourceRequest } from './resource-request';

/** The answer to CloudFormation. */
export interface ResourceAnswer {
  readonly passed: boolean;
  /** Text for the events of the stack: the result and the next step. */
  readonly reason: string;
  /** Id of the resource. A changed id makes CloudFormation delete the resource with the old one. */
  readonly physicalResourceId: string;
  /**
   * Attributes that the template can read.
   *
   * @default - none
   */
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * Maximum length of the reason, in bytes. The whole answer must be shorter than 4,096 bytes (CloudFormation User Guide,
 * "Custom resource response objects", 2026-11), of which the ids take up to 700.
 */
const REASON_BYTES = 1_800;

/** Maximum length of each attribute, in bytes. */
const DATA_BYTES = 1_000;

/**
 * Sends the answer to CloudFormation, which waits for it until the `ServiceTimeout` of the custom resource.
 *
 * @throws Error when the answer cannot be delivered
 */
export async function answerResource(request: ResourceRequest, answer: ResourceAnswer, clock: Clock): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = request;
  const { passed, reason, physicalResourceId: PhysicalResourceId, data } = answer;
  const Status = passed ? 'SUCCESS' : 'FAILED';
  const log = `log group /aws/lambda/${process.env['AWS_LAMBDA_FUNCTION_NAME']}`;
  const texts = Object.entries(data ?? {}).map(([key, text]) => [key, shortened(text, DATA_BYTES)]);
  const body = JSON.stringify({
    Status,
    Reason: `${shortened(reason, REASON_BYTES)} (more: ${log})`,
    PhysicalResourceId,
    StackId,
    RequestId,
    LogicalResourceId,
    ...(data !== undefined && { Data: Object.fromEntries(texts) }),
  });
  // The reserved time at the end of a run is meant for this answer.
  const last: Clock = { ...clock, timeLeft: () => clock.timeLeft() + RESERVED_MILLISECONDS - 500 };
  const { ended, attempts } = await retry(last, async (signal) => {
    // The URL is signed for a request without a content type.
    const put = { method: 'PUT', headers: { 'content-type': '' }, body, signal, redirect: 'error' } as const;
    const response = await fetch(request.ResponseURL, put);
    await response.arrayBuffer();
    if (!response.ok) {
      const $metadata = { httpStatusCode: response.status };
      throw Object.assign(new Error(`HTTP status ${response.status}`), { name: 'AnswerRefused', $metadata });
    }
  });
  if ('failure' in ended) {
    const { message } = ended.failure.error;
    throw new Error(`CloudFormation did not accept the answer ${Status} (attempts: ${attempts}): ${message}`);
  }
}

/**
 * Makes a text printable, because the events of a stack are printed on a terminal, and cuts it so that its JSON has at
 * most this many bytes.
 */
function shortened(text: string, bytes: number): string {
  const size = (t: string): number => Buffer.byteLength(JSON.stringify(t));
  let most = printable(text);
  while (size(most) > bytes) {
    const cut = most.slice(0, Math.floor((most.length * bytes) / size(most)) - 2);
    most = `${cut.replace(/\p{Cs}$/u, '')}…`;
  }
  return most;
}
