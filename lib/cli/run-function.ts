import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { LambdaFunction } from '../account/account';

/** Credentials of a session, as STS returns them. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent for the access key of a user. */
  readonly sessionToken?: string;
}

/** One run of a function, with everything that Lambda would give it. */
export interface FunctionRun {
  readonly function: LambdaFunction;
  readonly region: string;
  /** URL to which every AWS client of the function sends its requests. */
  readonly endpointUrl: string;
  readonly session: Session;
  readonly event: unknown;
  /** Called with each line the function logs. */
  readonly onLog: (line: string) => void;
  /** Ends the function early. */
  readonly signal: AbortSignal;
}

/** The result that the function returned, or the message of the error that it threw. */
export type FunctionAnswer = { readonly result: unknown } | { readonly error: string };

/** Program of the child process. It loads the handler as Lambda does, calls it once and sends back its answer. */
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
 * Runs the bundle of a Lambda function once, in a process of its own. The process inherits no environment variables. It
 * gets the function's variables, the session of its role and the endpoint, as Lambda would set them.
 *
 * @throws Error when the function ends without an answer, because it reached its timeout or was stopped
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
  const errorOutput: string[] = [];
  child.stderr?.on('data', (chunk: Buffer) => errorOutput.push(chunk.toString('utf8')));
  const milliseconds = run.function.timeoutSeconds * 1000;
  const timeout = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  try {
    const answer = await waitForAnswer(child, { event: run.event, milliseconds });
    if (answer === undefined) {
      throw new Error(
        `the function ${run.function.name} ended without an answer: ${errorOutput.join('').slice(-500) || 'it printed no error'}`,
      );
    }
    return answer.error === undefined
      ? { result: answer.result }
      : { error: `the function ${run.function.name} failed: ${answer.error}` };
  } finally {
    clearTimeout(timeout);
  }
}

interface Answer {
  readonly result?: unknown;
  readonly error?: string;
}

function waitForAnswer(child: ChildProcess, message: object): Promise<Answer | undefined> {
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
