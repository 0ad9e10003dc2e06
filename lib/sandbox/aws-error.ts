/** An error as an AWS service answers it. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly status: number;
  /** AWS's name of the error, such as `ValidationException`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
