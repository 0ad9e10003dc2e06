import { loadEnvironment } from '../../config/environment-files';
import { AwsFailure } from '../../live/aws-failure';
import { requireAccount } from '../../live/require-account';
import { applicationStacks } from '../../live/stacks/application-stacks';
import { type Attachment, attachedByHand } from '../../live/stacks/attached-by-hand';
import { type Deletion, deleteStack } from '../../live/stacks/delete-stack';
import { leftBehind } from '../../live/stacks/left-behind';
import { stackContent } from '../../live/stacks/stack-content';
import { planAccess } from '../../plan/environment/access-plan';
import { policyArn } from '../../plan/names/arns';
import { limitName } from '../../plan/names/names';
import { pruneDocument } from '../../report/deployment/prune-document';
import { type PrunedStack, pruneLines, pruneTable } from '../../report/deployment/prune-lines';
import type { Command } from '../terminal/command';
import { EXIT } from '../terminal/exit';
import { giveResults } from '../terminal/give-results';
import { OUT_FLAG } from '../terminal/parse-arguments';

export const prune: Command = {
  name: 'prune',
  summary: 'lists deployed applications that are no longer in the file, and deletes them with --yes',
  usage: 'ENV [--yes]',
  positionals: { least: 1, most: 1 },
  examples: [
    [
      'npx bedrock-access prune dev',
      'lists the stacks of applications that are no longer in environments/dev.yaml, and what is attached by hand',
    ],
    ['npx bedrock-access prune dev --yes', 'deletes them, and waits until they are gone'],
    ['npx bedrock-access prune dev --json', 'lists them as one JSON document, for example in a nightly job'],
  ],
  flags: [{ name: 'yes', summary: 'delete their stacks, with profiles, roles, policies and aliases' }, OUT_FLAG],

  async run(args, terminal, { project, cwd, today, interrupted }) {
    const { switches } = args;
    const [name = ''] = args.positionals;
    const plan = planAccess(loadEnvironment({ project, cwd }, name, today).environment);
    // Loaded on demand: a command that calls no AWS service does not need it.
    const { CloudFormationClient } =
      require('@aws-sdk/client-cloudformation') as typeof import('@aws-sdk/client-cloudformation');
    const { IAMClient } = require('@aws-sdk/client-iam') as typeof import('@aws-sdk/client-iam');
    const iam = new IAMClient({ region: plan.region });
    const cloudFormation = new CloudFormationClient({ region: plan.region });
    terminal.progress(`asking CloudFormation in ${plan.region}`);
    await requireAccount(plan);
    const { applications, foreign } = await applicationStacks(plan, cloudFormation);
    const leftovers = applications.filter((stack) => !plan.applications.some((a) => a.name === stack.application));

    terminal.progress('asking IAM what is attached by hand');
    const attached = new Map<string, readonly Attachment[]>();
    const roles = new Set<string>();
    for (const stack of applications) {
      const content = await stackContent(stack, cloudFormation);
      content.roles.forEach((role) => {
        roles.add(role);
      });
      const denial = policyArn(plan, limitName(plan.environment, stack.application));
      attached.set(stack.stackName, await attachedByHand(content, denial, iam));
    }
    const behind = await leftBehind(plan, roles, iam);

    const deletions = new Map<string, Deletion>();
    if (switches.has('yes')) {
      const stop = interrupted();
      for (const stack of leftovers) {
        if (attached.get(stack.stackName)?.length !== 0) {
          deletions.set(stack.stackName, { deleted: false, why: ATTACHED });
          continue;
        }
        terminal.progress(`deleting ${stack.stackName}`);
        deletions.set(stack.stackName, await deletion(deleteStack(stack, cloudFormation, stop)));
      }
    }
    const stacks: readonly PrunedStack[] = leftovers.map((stack) => ({ ...stack, ...deletions.get(stack.stackName) }));
    const allDeleted = stacks.every((s) => s.deleted === true);
    const exitCode = allDeleted
      ? behind.length === 0
        ? EXIT.clean
        : EXIT.found
      : switches.has('yes')
        ? EXIT.unfinished
        : EXIT.found;
    const { environment, account, region } = plan;
    const attachments = applications.flatMap(({ stackName }) =>
      (attached.get(stackName) ?? []).map((attachment) => ({ stackName, ...attachment })),
    );
    const deployed = applications.length;
    const pruned = { environment, account, region, deployed, stacks, foreign, attachments, leftBehind: behind };
    const document = pruneDocument(pruned, exitCode);
    const lines = () => pruneLines(pruned, terminal);
    giveResults(args, terminal, cwd, { document, ...pruneTable(pruned), lines });
    return exitCode;
  },
};

const ATTACHED = 'not begun, because IAM would refuse it: detach first what somebody attached, with the commands below';

/** Turns an error of AWS into the result of one deletion, so that the results of the others are still shown. */
function deletion(deleting: Promise<Deletion>): Promise<Deletion> {
  return deleting.catch((error: unknown) => {
    if (error instanceof AwsFailure) {
      return { deleted: false, why: error.message };
    }
    throw error;
  });
}
