/**
 * The floors of the project, the lowest first. A file imports its own floor and lower ones.
 *
 * An entry is a folder, without the folders inside it, or a file that stands on another floor than its folder does.
 */
export const FLOORS: readonly string[] = [
  // What functions and commands share. Nothing here is about this project's subject.
  'aws',
  'aws/errors',
  'aws/retry',
  'aws/services',

  // Facts about AWS, and how IAM decides.
  'lib/catalog/data',
  'lib/catalog',
  'lib/iam/policy',
  'lib/iam/match',
  'lib/iam/evaluate',
  'lib/iam/space',

  // The functions in Lambda. The bundle of each holds what it imports.
  'lambda/custom-resource',
  'lambda/aliases',
  'lambda/account-settings/failed-call.ts',
  'lambda/account-settings/until-spread.ts',
  'lambda/account-settings/logging',
  'lambda/account-settings/tags',
  'lambda/account-settings',
  'lambda/limit',
  'lambda/meter',
  'lambda/verify/invoke-actions.ts',
  'lambda/verify/result.ts',
  'lambda/verify/settings.ts',
  'lambda/verify/bedrock',
  'lambda/verify/probes',
  'lambda/verify/settle',
  'lambda/verify/gate',
  'lambda/verify',

  // What an account really is. It knows no environment file and no plan.
  'lib/account/resource',
  'lib/account',
  'lib/account/types',
  'lib/account/templates',
  'lib/testing',

  // What an environment file asks for, and what is decided for it.
  'lib/config',
  'lib/plan/names',
  'lib/plan/parts',
  'lib/plan/application',
  'lib/plan/environment',
  'lib/plan/cost',
  'lib/plan/deployment',

  // Whether the account is what the file asks for.
  'lib/proof/finding',
  'lib/proof/calls',
  'lib/proof/intent',
  'lib/proof/templates',
  'lib/proof/access',
  'lib/proof/verification',
  'lib/proof/matrix',
  'lib/proof/deployment',

  // AWS on this machine.
  'lib/sandbox',
  'lib/sandbox/transport',
  'lib/sandbox/signature',
  'lib/sandbox/converse/prompt-cache.ts',
  'lib/sandbox/operation.ts',
  'lib/sandbox/sts',
  'lib/sandbox/ssm',
  'lib/sandbox/mantle',
  'lib/sandbox/converse',
  'lib/sandbox/embedding',
  'lib/sandbox/bedrock',
  'lib/sandbox/faults',
  'lib/sandbox/endpoint.ts',
  'lib/sandbox/answer-requests.ts',
  'lib/sandbox/start-sandbox.ts',

  // What makes stacks of a plan.
  'lib/constructs',
  'lib/stacks',
  'lib/validation',

  // What asks AWS.
  'lib/live',
  'lib/live/costs',
  'lib/live/latency',
  'lib/live/stacks',

  // What a person or a program reads.
  'lib/report/format',
  'lib/report/check',
  'lib/report/plan',
  'lib/report/proof',
  'lib/report/diff',
  'lib/report/costs',
  'lib/report/deployment',
  'lib/report/sandbox',
  'lib/report/verification',
  'lib/report',

  // The commands.
  'lib/cli/terminal',
  'lib/cli',
  'lib/cli/matrix',
  'lib/cli/commands',
  'bin',
];

/** What knows the CDK. */
export const CDK: readonly string[] = ['lib/constructs', 'lib/stacks', 'lib/validation'];

/** What may import that: loading the CDK takes a second. */
export const USES_CDK: readonly string[] = ['bin', 'lib/cli/synthesize.ts'];

/** What may touch `process`; everything else is told what it needs. */
export const TOUCHES_PROCESS: readonly string[] = [
  'bin',
  // A function reads its variables.
  'lambda',
  'aws/services/endpoint-url.ts',
  'aws/system-clock.ts',
  // It starts a process of the same Node.js.
  'lib/cli/run-function.ts',
];
