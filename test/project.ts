/**
 * The project that tests read. Its `environments/` and `access/` are in the folder of this file, separate from those
 * that a user edits.
 */
export const PROJECT = __dirname;
