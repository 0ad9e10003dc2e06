import { spawnSync } from 'node:child_process';
import { PYTHON } from './emulator/install-ministack';
import type { TestAccount } from './emulator/start-account';

const CALLS = `
import botocore.session, json, sys
service, operation = sys.argv[1:]
call = getattr(botocore.session.get_session().create_client(service), operation)
print(json.dumps([call(**parameters) for parameters in json.load(sys.stdin)], default=str))
`;

type Fields = Readonly<Record<string, unknown>>;

/** Makes one call as the administrator with the Python SDK, for services without a JavaScript client in the tests. */
export function callWithBotocore(account: TestAccount, service: string, operation: string, parameters: Fields): Fields {
  return callEachWithBotocore(account, service, operation, [parameters])[0] ?? {};
}

/** Makes one call per element of `parameters` in a single process, because starting one takes longer than all calls. */
export function callEachWithBotocore(
  account: TestAccount,
  service: string,
  operation: string,
  parameters: readonly Fields[],
): readonly Fields[] {
  if (parameters.length === 0) {
    return [];
  }
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', CALLS, service, operation], {
    env: account.environment,
    encoding: 'utf8',
    input: JSON.stringify(parameters),
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) {
    throw new Error(`${service} ${operation}: ${stderr.trim().split('\n').at(-1)}`);
  }
  return JSON.parse(stdout);
}
