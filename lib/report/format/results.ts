/** What a command found, for files: the JSON document, and its main table. */
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
