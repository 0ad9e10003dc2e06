import type { JsonMap } from '../../catalog/json-map';

/** One synthesized stack, its template as JSON, not yet resolved. */
export interface AssemblyStack {
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
  /** Path of the template, for messages. */
  readonly templateFile: string;
  readonly template: JsonMap;
  /**
   * Digest of the plan it was synthesized from.
   *
   * @default - the stack carries none
   */
  readonly planDigest?: string;
  /** Folders of assets by the key they get in the asset bucket. */
  readonly assets: ReadonlyMap<string, string>;
}
