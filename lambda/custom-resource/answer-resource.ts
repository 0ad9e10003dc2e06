import { type Clock, RESERVED_MILLISECONDS } from '../../aws/clock';
import { retry } from '../../aws/retry/retry';
import type { ResourceRequest } from './resource-request';

/** What CloudFormation is answered. */
export interface ResourceAnswer {
  readonly passed: boolean;
  /** For the events of the stack: what was done or found, and the next step. */
  readonly reason: string;
  /** Another one than before makes CloudFormation delete the resource of the old one. */
  readonly physicalResourceId: string;
  /**
   * What the template reads of it.
   *
   * @default - nothing
   */
  readonly data?: Readonly<Record<string, string>>;
}

/**
 * The whole answer has to be shorter than 4,096 bytes (CloudFormation User Guide, "Custom resource response objects",
 * 2026-11); ids take up to 700.
 */
const REASON_BYTES = 1_800;

/** Of each text of the data. */
const DATA_BYTES = 1_000;

/**
 * Answers CloudFormation, which waits until the custom resource's `ServiceTimeout` for it.
 *
 * @throws Error when the answer could not be delivered
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
  // The answer is what time was reserved for.
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
    throw new Error(`CloudFormation did not take the answer ${Status} (attempts: ${attempts}): ${message}`);
  }
}

/** What moves a terminal's cursor, turns text around, or is no character; the events of a stack are printed. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029]/gu;

/** The text as it can be printed, cut so that as JSON it has at most this many bytes. */
function shortened(text: string, bytes: number): string {
  const size = (t: string): number => Buffer.byteLength(JSON.stringify(t));
  let most = text.replace(UNPRINTABLE, '\ufffd');
  while (size(most) > bytes) {
    const cut = most.slice(0, Math.floor((most.length * bytes) / size(most)) - 2);
    most = `${cut.replace(/\p{Cs}$/u, '')}…`;
  }
  return most;
}
