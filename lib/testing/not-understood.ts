/** Nothing can be said of the template: the matcher fails, and so does its `.not`. */
export class NotUnderstood extends Error {
  override readonly name = 'NotUnderstood';
}
