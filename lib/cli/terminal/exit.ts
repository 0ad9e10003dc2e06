/** Exit codes of every command. They must not change, because CI depends on them. */
export const EXIT = { clean: 0, found: 1, usage: 2, unfinished: 3 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
