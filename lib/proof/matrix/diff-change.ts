import type { MatrixCall, MatrixPrincipal } from './access-matrix';

/**
 * The effect of a change on access. `both` means that access is broader in one respect and narrower in another, or that
 * a matrix does not show which of the two it is.
 */
export type Width = 'broader' | 'narrower' | 'both' | 'same';

/** A single difference of a principal. */
interface Change<Kind extends string, Of> {
  readonly kind: Kind;
  readonly principal: string;
  readonly width: Width;
  /** @default - it did not exist before */
  readonly before?: Of;
  /** @default - it no longer exists */
  readonly after?: Of;
}

/** A principal that exists on one side only, without its calls. Each call is a change of its own. */
export type PrincipalItself = Omit<MatrixPrincipal, 'principal' | 'calls'>;

export type CallChange = Change<'call', MatrixCall>;

/** A difference of a principal. `trust` holds a line that says who can assume the role. */
export type AccessChange =
  | CallChange
  | Change<'trust', string>
  | Change<'boundary', string>
  | Change<'complete', boolean>
  | Change<'principal', PrincipalItself>;

export function widthOf(more: boolean, less: boolean): Width {
  return more ? (less ? 'both' : 'broader') : less ? 'narrower' : 'same';
}

/** True when a principal can do more, or a guardrail or boundary is no longer the one that was reviewed. */
export function isBroader({ width }: { readonly width: Width }): boolean {
  return width === 'broader' || width === 'both';
}

/** Returns `before` and `after` of a change, leaving out a side that is undefined. */
export function sides<Of>(
  before: Of | undefined,
  after: Of | undefined,
): { readonly before?: Of; readonly after?: Of } {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
