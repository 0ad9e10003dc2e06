import { spawnSync } from 'node:child_process';
import { PYTHON } from './install-ministack';
import type { TestAccount } from './start-account';

const CALL = `
import botocore.session, json, sys
service, operation, parameters = sys.argv[1:]
answer = getattr(botocore.session.get_session().create_client(service), operation)(**json.loads(parameters))
print(json.dumps(answer, default=str))
`;

/** One call as the administrator, with the Python SDK: for services of which the tests have no JavaScript client. */
export function callWithBotocore(
  account: TestAccount,
  service: string,
  operation: string,
  parameters: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const { status, stdout, stderr } = spawnSync(PYTHON, ['-c', CALL, service, operation, JSON.stringify(parameters)], {
    env: account.environment,
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`${service} ${operation}: ${stderr.trim().split('\n').at(-1)}`);
  }
  return JSON.parse(stdout);
}
