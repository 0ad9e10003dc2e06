/**
 * Does `work` and rejects with a `TimeoutError` when it takes longer than `milliseconds`.
 *
 * The timeouts of the SDK's client only measure silence: a slowly trickling answer would hold the function until Lambda
 * ends it.
 */
export async function withinTime<T>(milliseconds: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const expired = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error(`no whole answer within ${milliseconds} ms`), { name: 'TimeoutError' }));
      controller.abort();
    }, milliseconds);
  });
  try {
    return await Promise.race([work(controller.signal), expired]);
  } finally {
    clearTimeout(timer);
  }
}
