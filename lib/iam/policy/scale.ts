import { addressBlock, addressNumber, addressText } from './ip-address';

/** Kinds of values that have an order. The operators of a scale compare points and ranges instead of text. */
export type Scale = 'Numeric' | 'Date' | 'IpAddress';

/** The side of a policy's value on which the value of the request must be. */
export type Order = 'equal' | 'less' | 'lessOrEqual' | 'greater' | 'greaterOrEqual';

/** Consecutive points of a scale. Both ends belong to the range. */
export interface Range {
  /** @default - no lower limit */
  readonly from?: bigint;
  /** @default - no upper limit */
  readonly to?: bigint;
}

/** What a value of each scale is called in messages, and an example for a policy. */
export const SCALE_WORDS: Readonly<Record<Scale, { readonly name: string; readonly example: string }>> = {
  Numeric: { name: 'a number', example: "'10' or '0.5'" },
  Date: { name: 'a time', example: "'2026-11-30T00:00:00Z', or seconds since 1970" },
  IpAddress: { name: 'an IP address', example: "'203.0.113.7' or '203.0.113.0/24'" },
};

export function isScale(comparison: string): comparison is Scale {
  return Object.hasOwn(SCALE_WORDS, comparison);
}

/** Returns the point of a value on its scale, or `undefined` for text that is no such value. */
export function pointOf(scale: Scale, text: string): bigint | undefined {
  switch (scale) {
    case 'Numeric':
      return numberPoint(text);
    case 'Date':
      return timePoint(text);
    case 'IpAddress':
      return addressNumber(text);
  }
}

/** Returns a value with this point. */
export function pointText(scale: Scale, point: bigint): string {
  switch (scale) {
    case 'Numeric': {
      const digits = String(point < 0n ? -point : point).padStart(DECIMALS + 1, '0');
      const decimals = digits.slice(-DECIMALS).replace(/0+$/, '');
      return `${point < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}${decimals === '' ? '' : `.${decimals}`}`;
    }
    case 'Date':
      return new Date(Number(point)).toISOString();
    case 'IpAddress':
      return addressText(point);
  }
}

/** Returns the range of the request's values that a value of a policy matches, or `undefined` for an invalid value. */
export function rangeOf(scale: Scale, order: Order, text: string): Range | undefined {
  if (scale === 'IpAddress') {
    return addressBlock(text);
  }
  const point = pointOf(scale, text);
  if (point === undefined) {
    return undefined;
  }
  switch (order) {
    case 'equal':
      return { from: point, to: point };
    case 'less':
      return { to: point - 1n };
    case 'lessOrEqual':
      return { to: point };
    case 'greater':
      return { from: point + 1n };
    case 'greaterOrEqual':
      return { from: point };
  }
}

export function isInRange({ from, to }: Range, point: bigint): boolean {
  return (from === undefined || from <= point) && (to === undefined || point <= to);
}

/** Digits after the decimal point. A number with more is not compared. */
const DECIMALS = 18;

/** Distance between two whole numbers. */
export const ONE_NUMBER = 10n ** BigInt(DECIMALS);

function numberPoint(text: string): bigint | undefined {
  const [, sign, whole, decimals = ''] = /^([+-]?)(\d{1,40})(?:\.(\d{1,18}))?$/.exec(text) ?? [];
  if (whole === undefined) {
    return undefined;
  }
  const point = BigInt(whole + decimals.padEnd(DECIMALS, '0'));
  return sign === '-' ? -point : point;
}

const TIME = /^(\d{4}-\d{2}(?:-\d{2})?)(?:T(\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?(Z|[+-]\d{2}:\d{2}))?$/;

/**
 * Returns a time in milliseconds since 1970. A date without a time means its first moment in UTC. Four digits could be
 * a year or seconds since 1970, so they are not read.
 */
function timePoint(text: string): bigint | undefined {
  if (/^\d{5,11}$/.test(text)) {
    return BigInt(text) * 1000n;
  }
  const [, date, minutes = '00:00', seconds = '00', fraction = '', zone = 'Z'] = TIME.exec(text) ?? [];
  if (date === undefined) {
    return undefined;
  }
  const day = date.length === 7 ? `${date}-01` : date;
  const time = Date.parse(`${day}T${minutes}:${seconds}.${fraction.padEnd(3, '0')}${zone}`);
  // `Date.parse` would read 31 February as a day of March.
  const isDay = !Number.isNaN(time) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
  return isDay ? BigInt(time) : undefined;
}
