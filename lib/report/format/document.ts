/** A document that `--json` prints. Every document begins with these fields. */
export type Document<Command extends string, Fields> = {
  readonly schemaVersion: 1;
  readonly command: Command;
  readonly exitCode: number;
} & Fields;

export function document<Command extends string, const Fields extends object>(
  command: Command,
  exitCode: number,
  fields: Fields,
): Document<Command, Fields> {
  return { schemaVersion: 1, command, exitCode, ...fields };
}
