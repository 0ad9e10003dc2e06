import type { Readable } from 'node:stream';
import { AwsError } from '../aws-error';
import type { Limits } from './limits';

/** Reads the whole body. Rejects with 413 or 408, or with a plain Error when the client disconnects. */
export function readBody(request: Readable, limits: Limits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (done: () => void): void => {
      clearTimeout(timer);
      request.off('data', take);
      done();
    };
    const fail = (error: Error): void => settle(() => reject(error));
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limits.bodyBytes) {
        fail(
          new AwsError(
            413,
            'RequestEntityTooLargeException',
            `the body must be at most ${limits.bodyBytes} bytes long`,
          ),
        );
        return;
      }
      chunks.push(chunk);
    };
    const timer = setTimeout(
      () => fail(new AwsError(408, 'RequestTimeoutException', 'the body did not arrive in time')),
      limits.requestMilliseconds,
    );
    request.on('data', take);
    request.once('end', () => settle(() => resolve(Buffer.concat(chunks))));
    request.once('error', fail);
    request.once('close', () => fail(new Error('the client disconnected')));
  });
}
