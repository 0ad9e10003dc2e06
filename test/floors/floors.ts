/**
 * Floors of the project, lowest first. A file imports only its own floor and lower ones.
 *
 * An entry is a folder, without the folders inside it, or a file that is on another floor than its folder.
 */
export const FLOORS: readonly string[] = [
  // Code that functions and commands share. Nothing here is about access to models.
  'aws',
  'aws/errors',
  'aws/retry',
  'aws/services',

  // Files from outside, JSON texts from outside, and files that are written.
  'lib/files',

  // Suggestions for misspelt words.
  'lib/spelling',

  // Facts about AWS, and the decisions of IAM.
  'lib/catalog/data',
  'lib/catalog',
  'lib/iam/policy',
  'lib/iam/match',
  'lib/iam/evaluate',
  'lib/iam/space',

  // The Lambda functions. The bundle of a function holds all its imports.
  'lambda/variables',
  'lambda/custom-resource',
  'lambda/aliases',
  'lambda/dollars',
  'lambda/account-settings/failed-call.ts',
  'lambda/account-settings/until-spread.ts',
  'lambda/account-settings/logging',
  'lambda/account-settings/tags',
  'lambda/account-settings',
  'lambda/limit/policies',
  'lambda/limit/store',
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

  // The account as it is. These folders know no environment file and no plan.
  'lib/account/resource',
  'lib/account',
  'lib/account/types',
  'lib/account/templates',
  'lib/testing',

  // The environment file, and the plan that is made from it.
  'lib/config/quoted.ts',
  'lib/config/problem.ts',
  'lib/config/text-schema.ts',
  'lib/config/principals',
  'lib/config',
  'lib/config/checks',
  'lib/config/read-environment.ts',
  'lib/config/environment-files.ts',
  'lib/plan/names',
  'lib/plan/parts',
  'lib/plan/application/trust',
  'lib/plan/application',
  'lib/plan/environment/dashboard',
  'lib/plan/environment',
  'lib/plan/cost',
  'lib/plan/deployment',

  // The proof that the account is as the file asks.
  'lib/proof/finding',
  'lib/proof/calls',
  'lib/proof/intent/arns.ts',
  'lib/proof/intent/trust',
  'lib/proof/intent',
  'lib/proof/controls',
  'lib/proof/templates',
  'lib/proof/outer',
  'lib/proof/access',
  'lib/proof/verification/trust',
  'lib/proof/verification',
  'lib/proof/matrix',
  'lib/proof/deployment',

  // The sandbox, which stands in for AWS on this machine.
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

  // The stacks that are made from a plan.
  'lib/constructs',
  'lib/constructs/gate',
  'lib/stacks',
  'lib/validation',

  // Calls of AWS by the commands.
  'lib/live',
  'lib/live/costs',
  'lib/live/latency',
  'lib/live/limits',
  'lib/live/stacks',

  // Texts and documents for a person or a program.
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
  'lib/cli/trust',
  'lib/cli/commands',
  'bin',
];

/** Folders that import the CDK. */
export const CDK: readonly string[] = ['lib/constructs', 'lib/stacks', 'lib/validation'];

/** Places that may import those folders. They are few, because loading the CDK takes a second. */
export const USES_CDK: readonly string[] = ['bin', 'lib/cli/synthesize.ts'];

/** Places that may touch `process`. All other code gets what it needs as arguments. */
export const TOUCHES_PROCESS: readonly string[] = [
  'bin',
  // A function reads its environment variables.
  'lambda',
  'aws/services/endpoint-url.ts',
  'aws/system-clock.ts',
  // It starts another process of the same Node.js.
  'lib/cli/run-function.ts',
];
