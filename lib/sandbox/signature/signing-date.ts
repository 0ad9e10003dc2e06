import { AwsError } from '../aws-error';
import { amzDate, readAmzDate } from './amz-date';

const SKEW_MINUTES = 15;

const invalid = (message: string): AwsError => new AwsError(403, 'InvalidSignatureException', message);

/** Reads the time in `x-amz-date`. A time further from `now` than AWS allows is refused with AWS's message. */
export function signingDate(header: string | undefined, now: Date): Date {
  const date = readAmzDate(header);
  if (date === undefined) {
    throw invalid("Date must be in ISO-8601 'basic format': x-amz-date is YYYYMMDDTHHMMSSZ");
  }
  const skew = now.getTime() - date.getTime();
  const limit = SKEW_MINUTES * 60_000;
  const bound = new Date(now.getTime() - Math.sign(skew) * limit);
  if (skew > limit) {
    throw invalid(
      `Signature expired: ${header} is now earlier than ${amzDate(bound)} (${amzDate(now)} - ${SKEW_MINUTES} min.)`,
    );
  }
  if (skew < -limit) {
    throw invalid(
      `Signature not yet current: ${header} is still later than ${amzDate(bound)} (${amzDate(now)} + ${SKEW_MINUTES} min.)`,
    );
  }
  return date;
}
