/** An error that an AWS service returns. */
export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly status: number;
  /** AWS's name for the error, such as `ValidationException`. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}
