import { spawn } from 'node:child_process';
import { readTemplateAccount } from '../../account/templates/template-account';
import { loadEnvironment } from '../../config/environment-files';
import { planAccess } from '../../plan/environment/access-plan';
import { sandboxDocument } from '../../report/sandbox/sandbox-document';
import { sandboxLines } from '../../report/sandbox/sandbox-lines';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox';
import { withAssembly } from '../synthesize';
import { ACCOUNT_FLAGS, readingOf } from '../terminal/account-flags';
import { type Command, UsageError } from '../terminal/command';
import { EXIT, type ExitCode } from '../terminal/exit';
import { printResults } from '../terminal/give-results';
import type { Surroundings } from '../terminal/terminal';

export const sandbox: Command = {
  name: 'sandbox',
  summary: "runs a loopback AWS endpoint that enforces an environment's access in front of a scripted Bedrock",
  usage: 'ENV [-- COMMAND]',
  positionals: { least: 1, most: 1, rest: true },
  examples: [
    ['npx bedrock-access sandbox dev', 'runs until stopped and prints the exports that a shell needs for each role'],
    [
      'npx bedrock-access sandbox dev --as dev_support-chat_lambda -- node app.js',
      'runs a command as that role and stops after it',
    ],
    [
      'npx bedrock-access sandbox dev --port 4599 --json',
      'uses a fixed port and prints the exports as one JSON document',
    ],
  ],
  flags: [
    { name: 'as', value: 'ROLE', summary: 'the role or user that COMMAND runs as (default: the first in the list)' },
    { name: 'port', value: 'PORT', summary: 'port on 127.0.0.1 (default: a free port)' },
    ...ACCOUNT_FLAGS,
  ],

  async run({ positionals: [name = ''], rest, values, switches }, terminal, surroundings) {
    const plan = planAccess(loadEnvironment(surroundings, name, surroundings.today).environment);
    const port = portOf(values['port']);
    const reading = readingOf(values);
    terminal.progress('synthesizing');
    const account =
      values['assembly'] === undefined
        ? await withAssembly(plan, async (folder) => readTemplateAccount(folder, plan.environment))
        : readTemplateAccount(values['assembly'], plan.environment);
    const running = await startSandbox({ account, reading, ...(port !== undefined && { port }) }).catch((error) => {
      throw error.code === 'EADDRINUSE' ? new UsageError(`port ${port} is in use; choose another --port`) : error;
    });
    const users = account.principals
      .filter((p) => !p.arn.includes('/probe/'))
      .map(({ name: user, arn }) => ({ name: user, arn, variables: variables(running, arn, account.region) }));
    try {
      if (rest.length > 0) {
        const runAs = values['as'];
        const user = runAs === undefined ? users[0] : users.find((u) => u.name === runAs || u.arn === runAs);
        if (user === undefined) {
          throw new UsageError(`there is no principal '${runAs}'; principals: ${users.map((u) => u.name).join(', ')}`);
        }
        return await runCommand(rest, { ...surroundings.env, ...user.variables }, surroundings.interrupted());
      }
      // Before anything is printed, because a program that reads it may stop the sandbox at once.
      const stopped = surroundings.interrupted();
      const report = { url: running.url, principals: users };
      const document = sandboxDocument(report, EXIT.clean);
      printResults({ switches }, terminal, { document, lines: () => sandboxLines(report) });
      if (!switches.has('json')) {
        terminal.err('stop it with Ctrl+C');
      }
      await stopped;
      return EXIT.clean;
    } finally {
      await running.close();
    }
  },
};

type Variables = Readonly<Record<string, string>>;

function portOf(value: string | undefined): number | undefined {
  const port = value === undefined ? undefined : Number(value);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65536)) {
    throw new UsageError(`--port must be a number from 1 to 65535; got '${value}'`);
  }
  return port;
}

/**
 * Returns the variables with which a shell calls the sandbox as a principal. They set endpoint and keys together, so that
 * no real key is ever sent.
 */
function variables(sandbox: Sandbox, principalArn: string, region: string): Variables {
  const { accessKeyId, secretAccessKey, sessionToken = '' } = sandbox.credentialsFor(principalArn);
  return {
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_BEDROCK_RUNTIME_ENDPOINT: sandbox.url,
    ANTHROPIC_BEDROCK_BASE_URL: sandbox.url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_PROFILE: '',
    AWS_BEARER_TOKEN_BEDROCK: '',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/** Runs a command with the variables. An empty variable is removed from its environment. */
function runCommand(
  [file = '', ...args]: readonly string[],
  env: Surroundings['env'],
  interrupted: Promise<void>,
): Promise<ExitCode> {
  const child = spawn(file, args, {
    stdio: 'inherit',
    env: Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== '')),
  });
  // If only this process receives the signal, the command must end as well, because its endpoint is gone.
  interrupted.then(() => child.kill());
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(new UsageError(`'${file}' cannot be run`)));
    child.once('exit', (code, signal) => resolve((code ?? (signal === null ? 0 : EXIT.unfinished)) as ExitCode));
  });
}
