import { AwsError } from '../aws-error';

const SKEW_MINUTES = 15;

const invalid = (message: string): AwsError => new AwsError(403, 'InvalidSignatureException', message);

/** `2026-11-21T10:52:47Z` as signatures write it: `20261121T105247Z`. */
function compact(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** The moment of `x-amz-date`; refused when it is further from `now` than AWS allows, in its words. */
export function signingDate(header: string | undefined, now: Date): Date {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(header ?? '') ?? [];
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  if (Number.isNaN(date.getTime()) || compact(date) !== header) {
    throw invalid("Date must be in ISO-8601 'basic format': x-amz-date is YYYYMMDDTHHMMSSZ");
  }
  const skew = now.getTime() - date.getTime();
  const limit = SKEW_MINUTES * 60_000;
  const bound = new Date(now.getTime() - Math.sign(skew) * limit);
  if (skew > limit) {
    throw invalid(
      `Signature expired: ${header} is now earlier than ${compact(bound)} (${compact(now)} - ${SKEW_MINUTES} min.)`,
    );
  }
  if (skew < -limit) {
    throw invalid(
      `Signature not yet current: ${header} is still later than ${compact(bound)} (${compact(now)} + ${SKEW_MINUTES} min.)`,
    );
  }
  return date;
}
