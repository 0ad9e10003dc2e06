import type { Width } from '../controls/width';
import type { MatrixCall, MatrixPrincipal } from './access-matrix';

/** A single difference of a principal. */
interface Change<Kind extends string, Of> {
  readonly kind: Kind;
  readonly principal: string;
  readonly width: Width;
  /**
   * What the role does, for one that this project makes for itself.
   *
   * @default - it is a principal of an application
   */
  readonly does?: string;
  /** @default - it did not exist before */
  readonly before?: Of;
  /** @default - it no longer exists */
  readonly after?: Of;
}

/** A principal that exists on one side only, without its calls. Each call is a change of its own. */
export type PrincipalItself = Omit<MatrixPrincipal, 'principal' | 'calls'>;

export type CallChange = Change<'call', MatrixCall>;

/** A difference of a principal. `trust` holds a line that says who can assume the role, `further` the ARN of a
 * policy besides. */
export type AccessChange =
  | CallChange
  | Change<'trust', string>
  | Change<'boundary', string>
  | Change<'further', string>
  | Change<'complete', boolean>
  | Change<'principal', PrincipalItself>;

/** Returns `before` and `after` of a change, leaving out a side that is undefined. */
export function sides<Of>(
  before: Of | undefined,
  after: Of | undefined,
): { readonly before?: Of; readonly after?: Of } {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
