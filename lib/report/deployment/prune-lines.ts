import { counted } from '../format/counted';
import type { Colours } from '../format/problem-lines';
import type { Results } from '../format/results';
import { table } from '../format/table';

/** Deployed applications that the file no longer has, and what became of them. */
export interface Pruned {
  readonly environment: string;
  readonly account: string;
  readonly region: string;
  /** How many applications are deployed, those of the file included. */
  readonly deployed: number;
  readonly stacks: readonly PrunedStack[];
  /** Stacks that are called like an application's and carry no tag of one: they were left alone. */
  readonly foreign: readonly string[];
}

export interface PrunedStack {
  readonly application: string;
  readonly stackName: string;
  readonly stackId: string;
  readonly status: string;
  readonly changed: string;
  /**
   * Whether it is gone.
   *
   * @default - nobody asked for it
   */
  readonly deleted?: boolean;
  /** Why it is still there, where it was to be deleted. */
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
  const rest = foreign.map(
    (name) => `  left alone: ${name}, which is called like an application's stack and is not tagged as one`,
  );
  if (stacks.length === 0) {
    const has = deployed === 0 ? 'no application of this environment is' : `${counted(deployed, 'application')}`;
    const none = `✓ nothing to prune  ${where}: ${has} deployed${deployed === 0 ? ' there' : ', all in the file'}.`;
    return [colours.tone('good', none), ...rest];
  }
  const gone = stacks.filter((s) => s.deleted === true).length;
  const asked = stacks.some((s) => s.deleted !== undefined);
  const verdict = asked
    ? gone === stacks.length
      ? colours.tone('good', `✓ pruned  ${where}: ${counted(gone, 'stack')} deleted.`)
      : colours.tone('bad', `✗ ${stacks.length - gone} of ${counted(stacks.length, 'stack')} left  ${where}.`)
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
    ...(asked
      ? []
      : [
          '',
          `Clients that still pass the ARNs of these applications' profiles will be refused.`,
          `Next:  npx bedrock-access prune ${environment} --yes`,
        ]),
  ];
}
