import type { MatrixCall, MatrixPrincipal } from './access-matrix';

/** Whether more is possible afterwards, less, or neither. `both` is some of each, and what cannot be told from a matrix. */
export type Width = 'broader' | 'narrower' | 'both' | 'same';

/** One thing that is not the same about a principal. */
interface Change<Kind extends string, Of> {
  readonly kind: Kind;
  readonly principal: string;
  readonly width: Width;
  /** @default - it was not there before */
  readonly before?: Of;
  /** @default - it is not there afterwards */
  readonly after?: Of;
}

/** What is told of a principal that is on one side alone; each of its calls is a change of its own. */
export type PrincipalItself = Omit<MatrixPrincipal, 'principal' | 'calls'>;

export type CallChange = Change<'call', MatrixCall>;

/** What is not the same about a principal; `trust` is a line of who can become it. */
export type AccessChange =
  | CallChange
  | Change<'trust', string>
  | Change<'boundary', string>
  | Change<'complete', boolean>
  | Change<'principal', PrincipalItself>;

export function widthOf(more: boolean, less: boolean): Width {
  return more ? (less ? 'both' : 'broader') : less ? 'narrower' : 'same';
}

/** Whether somebody can do more, or a guard is no longer the one that was reviewed. */
export function isBroader({ width }: { readonly width: Width }): boolean {
  return width === 'broader' || width === 'both';
}

/** `before` and `after` of a change, each where it is there. */
export function sides<Of>(
  before: Of | undefined,
  after: Of | undefined,
): { readonly before?: Of; readonly after?: Of } {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
