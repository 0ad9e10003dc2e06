/** Results of a command that `--out` writes to a file: the JSON document and the main table. */
export interface Results {
  readonly document: unknown;
  readonly columns: readonly string[];
  /** `undefined` is an empty cell. */
  readonly rows: readonly (readonly (string | number | undefined)[])[];
  /**
   * The HTML page.
   *
   * @default - the command has none
   */
  readonly page?: () => string;
}
