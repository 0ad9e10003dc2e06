import type { Attachment } from '../../live/stacks/attached-by-hand';
import type { LeftBehind } from '../../live/stacks/left-behind';
import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import type { Results } from '../format/results';
import { table } from '../format/table';

/** Deployed applications that are no longer in the file, with the result of deleting their stacks. */
export interface Pruned {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** Number of deployed applications, including those in the file. */
  readonly deployed: number;
  readonly stacks: readonly PrunedStack[];
  /** Stacks that are named like an application's stack but lack its tag. They were left alone. */
  readonly foreign: readonly string[];
  /** What somebody attached by hand, by the stack that cannot be deleted or changed because of it. */
  readonly attachments: readonly (Attachment & { readonly stackName: string })[];
  /** Roles of applications that no stack has any more. */
  readonly leftBehind: readonly LeftBehind[];
}

export interface PrunedStack {
  readonly application: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly status: string;
  readonly changed: string;
  /**
   * True when the stack was deleted.
   *
   * @default - the command only listed the stacks
   */
  readonly deleted?: boolean;
  /**
   * Reason why the stack could not be deleted.
   *
   * @default - it was deleted, or the command only listed the stacks
   */
  readonly why?: string;
}

const COLUMNS = ['application', 'stack', 'status', 'last changed', 'deleted', 'why not'] as const;

export function pruneTable({ stacks }: Pruned): Pick<Results, 'columns' | 'rows'> {
  return {
    columns: COLUMNS,
    rows: stacks.map((s) => [
      s.application,
      s.stackName,
      s.status,
      s.changed,
      s.deleted === undefined ? undefined : String(s.deleted),
      s.why,
    ]),
  };
}

export function pruneLines(pruned: Pruned, colours: Colours): readonly string[] {
  const { environment, account, region, stacks, deployed, foreign } = pruned;
  const where = `${environment} in ${account}, ${region}`;
  const rest = [
    ...foreign.map((name) => `  left alone: ${name}, which is named like an application's stack but not tagged as one`),
    ...attachmentLines(pruned),
    ...pruned.leftBehind.flatMap(leftBehindLines),
  ];
  if (stacks.length === 0) {
    const has = deployed === 0 ? 'no application of this environment is' : `${counted(deployed, 'application')}`;
    const none = `✓ nothing to prune  ${where}: ${has} deployed${deployed === 0 ? ' there' : ', all in the file'}.`;
    return [pruned.leftBehind.length === 0 ? colours.tone('good', none) : none, ...rest];
  }
  const deleted = stacks.filter((s) => s.deleted === true).length;
  const triedToDelete = stacks.some((s) => s.deleted !== undefined);
  const verdict = triedToDelete
    ? deleted === stacks.length
      ? colours.tone('good', `✓ pruned  ${where}: ${counted(deleted, 'stack')} deleted.`)
      : colours.tone('bad', `✗ ${stacks.length - deleted} of ${counted(stacks.length, 'stack')} left  ${where}.`)
    : colours.tone(
        'bad',
        `✗ ${counted(stacks.length, 'application')} deployed and no longer in the file  ${where}: the access is still there.`,
      );
  const headings = ['application', 'stack', 'status', 'last changed'].map((heading) => ({ heading }));
  return [
    verdict,
    '',
    ...table(
      headings,
      stacks.map((s) => [s.application, s.stackName, s.deleted === true ? 'deleted' : s.status, s.changed]),
    ),
    ...stacks.flatMap((s) => (s.why === undefined ? [] : [`  ${s.stackName}: ${s.why}`])),
    ...rest,
    ...(triedToDelete
      ? []
      : [
          '',
          "Deleting them breaks clients that still pass the ARNs of these applications' profiles.",
          `Next:  npx bedrock-access prune ${environment} --yes`,
        ]),
  ];
}

function attachmentLines({ attachments }: Pruned): readonly string[] {
  return attachments.length === 0
    ? []
    : [
        '',
        'Attached by hand. IAM refuses to delete these roles and policies until it is detached, with prune, cdk destroy and changes of the file alike:',
        ...attachments.flatMap(({ stackName, what, attached, command }) => [
          `  ${stackName}: ${what} and ${attached}`,
          `    ${command}`,
        ]),
      ];
}

function leftBehindLines({ role, commands }: LeftBehind): readonly string[] {
  return [
    '',
    `Left behind by an earlier deployment: role ${role}, which no stack has and which may still be assumed. Delete it:`,
    ...commands.map((command) => `    ${command}`),
  ];
}
