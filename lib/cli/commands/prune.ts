import { loadEnvironment } from '../../config/environment-files';
import { AwsFailure } from '../../live/aws-failure';
import { requireAccount } from '../../live/require-account';
import { applicationStacks } from '../../live/stacks/application-stacks';
import { type Deletion, deleteStack } from '../../live/stacks/delete-stack';
import { planAccess } from '../../plan/environment/access-plan';
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
    ['npx bedrock-access prune dev', 'lists the stacks of applications that are no longer in environments/dev.yaml'],
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
    const cloudFormation = new CloudFormationClient({ region: plan.region });
    terminal.progress(`asking CloudFormation in ${plan.region}`);
    await requireAccount(plan);
    const { applications, foreign } = await applicationStacks(plan, cloudFormation);
    const leftovers = applications.filter((stack) => !plan.applications.some((a) => a.name === stack.application));

    const deletions = new Map<string, Deletion>();
    if (switches.has('yes')) {
      const stop = interrupted();
      for (const stack of leftovers) {
        terminal.progress(`deleting ${stack.stackName}`);
        deletions.set(stack.stackName, await deletion(deleteStack(stack, cloudFormation, stop)));
      }
    }
    const stacks: readonly PrunedStack[] = leftovers.map((stack) => ({ ...stack, ...deletions.get(stack.stackName) }));
    const allDeleted = stacks.every((s) => s.deleted === true);
    const exitCode = allDeleted ? EXIT.clean : switches.has('yes') ? EXIT.unfinished : EXIT.found;
    const { environment, account, region } = plan;
    const pruned = { environment, account, region, deployed: applications.length, stacks, foreign };
    const document = pruneDocument(pruned, exitCode);
    const lines = () => pruneLines(pruned, terminal);
    giveResults(args, terminal, cwd, { document, ...pruneTable(pruned), lines });
    return exitCode;
  },
};

/** Turns an error of AWS into the result of one deletion, so that the results of the others are still shown. */
function deletion(deleting: Promise<Deletion>): Promise<Deletion> {
  return deleting.catch((error: unknown) => {
    if (error instanceof AwsFailure) {
      return { deleted: false, why: error.message };
    }
    throw error;
  });
}
