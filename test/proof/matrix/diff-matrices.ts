import type { AccessMatrix, MatrixCall, MatrixPrincipal, MatrixProfile } from '../../../lib/proof/matrix/access-matrix';
import type { AccessDiff } from '../../../lib/proof/matrix/diff-access';

/** Returns a call of the alias `main` of the application `chat`, with the changes of a test. */
export function call(changes: Partial<MatrixCall> = {}): MatrixCall {
  return {
    application: 'chat',
    alias: 'main',
    model: 'amazon.nova-lite-v1:0',
    routing: 'us',
    regions: ['us-east-1', 'us-east-2'],
    through: 'dev_chat_main_a',
    actions: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'],
    decidedBy: ['dev_chat_1 Sid MainProfile'],
    ...changes,
  };
}

/** Returns a role that Lambda may assume and that has a boundary, with the changes of a test. */
export function role(
  name: string,
  { boundary = 'dev_boundary', ...changes }: Partial<MatrixPrincipal> = {},
): MatrixPrincipal {
  return {
    principal: `role ${name}`,
    becomes: ['service lambda.amazonaws.com'],
    ...(boundary !== '' && { boundary }),
    complete: true,
    calls: [],
    ...changes,
  };
}

export function profile(changes: Partial<MatrixProfile> = {}): MatrixProfile {
  return {
    application: 'chat',
    alias: 'main',
    name: 'dev_chat_main_a',
    model: 'amazon.nova-lite-v1:0',
    routing: 'us',
    served: true,
    ...changes,
  };
}

/** Returns the matrix of `dev`, which is empty except for the changes of a test. */
export function matrix(changes: Partial<AccessMatrix> = {}): AccessMatrix {
  return {
    schemaVersion: 2,
    environment: 'dev',
    account: '111122223333',
    region: 'us-east-1',
    profiles: [],
    principals: [],
    budgets: {},
    controls: {},
    ...changes,
  };
}

/** Returns an empty difference, with the parts that a test expects. */
export function difference(expected: Partial<AccessDiff> = {}): AccessDiff {
  return {
    environment: 'dev',
    changes: [],
    along: [],
    otherStatements: 0,
    profiles: [],
    budgets: { before: 0, after: 0, changes: [], unlimited: [] },
    prices: [],
    controls: [],
    ...expected,
  };
}
