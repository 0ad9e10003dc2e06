/** The template cannot be judged, so the matcher and its `.not` both fail. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}
