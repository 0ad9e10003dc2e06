/** The project that tests read: its `environments/` and `access/` are beside this file, apart from those a user edits. */
export const PROJECT = __dirname;
