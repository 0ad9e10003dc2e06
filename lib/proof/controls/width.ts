/**
 * The effect of a change on access. `both` means that access is broader in one respect and narrower in another, or that
 * it is not known which of the two it is. A weaker control is broader.
 */
export type Width = 'broader' | 'narrower' | 'both' | 'same';

export function widthOf(more: boolean, less: boolean): Width {
  return more ? (less ? 'both' : 'broader') : less ? 'narrower' : 'same';
}

/** True when a principal can do more, or a control is weaker or no longer the one that was reviewed. */
export function isBroader({ width }: { readonly width: Width }): boolean {
  return width === 'broader' || width === 'both';
}
