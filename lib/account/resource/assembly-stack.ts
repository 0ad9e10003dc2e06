import type { JsonMap } from '../../catalog/json-map';

/** One synthesized stack. Its template is JSON whose intrinsic functions are not yet resolved. */
export interface AssemblyStack {
  readonly stackName: string;
  readonly accountId: string;
  readonly region: string;
  /** Path of the template, for messages. */
  readonly templateFile: string;
  readonly template: JsonMap;
  /**
   * Digest of the plan that the stack was synthesized from.
   *
   * @default - the metadata of the stack has none
   */
  readonly planDigest?: string;
  /** Folder of each asset, by its object key in the asset bucket. */
  readonly assets: ReadonlyMap<string, string>;
}
