import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { LambdaFunction } from '../account/account';

/** A session as STS gives it. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for a user's access key. */
  readonly sessionToken?: string;
}

/** What Lambda would tell a function about where it runs. */
export interface FunctionRun {
  readonly function: LambdaFunction;
  readonly region: string;
  /** Where every AWS client of the function sends its requests. */
  readonly endpointUrl: string;
  readonly session: Session;
  readonly event: unknown;
  /** Called with each line the function logs. */
  readonly onLog: (line: string) => void;
  /** Ends the function early. */
  readonly signal: AbortSignal;
}

/** What the function returned, or what it threw. */
export type FunctionAnswer = { readonly result: unknown } | { readonly error: string };

/** What the child process does: load the handler as Lambda does, call it once, answer. */
const RUNNER = `
const { resolve } = require('node:path');
process.once('disconnect', () => process.exit());
process.once('message', async ({ event, milliseconds }) => {
  const end = Date.now() + milliseconds;
  const context = { getRemainingTimeInMillis: () => end - Date.now() };
  let answer;
  try {
    const [file, name] = process.env._HANDLER.split('.');
    answer = { result: await require(resolve(file))[name](event, context) };
  } catch (error) {
    answer = { error: String(error && error.message || error) };
  }
  process.send(answer, () => process.disconnect());
});
`;

/**
 * Runs the bundle of a Lambda function once, in a process of its own that has nothing of this one's environment: the
 * function's variables, its role's session and the endpoint, as Lambda would set them.
 *
 * @throws Error when it ends without an answer: killed at its timeout, or stopped early
 */
export async function runFunction(run: FunctionRun): Promise<FunctionAnswer> {
  const { session, region, endpointUrl } = run;
  const child = spawn(process.execPath, ['-e', RUNNER], {
    cwd: run.function.codeDirectory,
    signal: run.signal,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      ...run.function.environment,
      AWS_ACCESS_KEY_ID: session.accessKeyId,
      AWS_SECRET_ACCESS_KEY: session.secretAccessKey,
      AWS_SESSION_TOKEN: session.sessionToken ?? '',
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ENDPOINT_URL: endpointUrl,
      AWS_LAMBDA_FUNCTION_NAME: run.function.name,
      _HANDLER: run.function.handler,
      LAMBDA_TASK_ROOT: run.function.codeDirectory,
    },
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', run.onLog);
  }
  const talk: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => talk.push(chunk.toString('utf8')));
  const milliseconds = run.function.timeoutSeconds * 1000;
  const killed = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  try {
    const answer = await answered(child, { event: run.event, milliseconds });
    if (answer === undefined) {
      throw new Error(
        `the function ${run.function.name} ended without an answer: ${talk.join('').slice(-500) || 'it said nothing'}`,
      );
    }
    return answer.error === undefined
      ? { result: answer.result }
      : { error: `the function ${run.function.name} failed: ${answer.error}` };
  } finally {
    clearTimeout(killed);
  }
}

interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

function answered(child: ChildProcess, message: object): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    let answer: Answer | undefined;
    child.once('message', (m) => {
      answer = m as Answer;
    });
    child.once('error', reject);
    child.once('close', () => resolve(answer));
    child.send(message, (error) => error && reject(error));
  });
}
