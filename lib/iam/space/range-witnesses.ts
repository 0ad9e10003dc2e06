import type { Condition } from '../policy/condition';
import { ADDRESS_STARTS, addressNumber, addressText } from '../policy/ip-address';
import { isScale, ONE_NUMBER, pointOf, pointText, type Range, type Scale } from '../policy/scale';
import { isConstant } from '../policy/template';
import { TooManyClasses } from './word-automaton';

/**
 * Returns one value of a key for every set of ranges that some value is in.
 *
 * The set of ranges that contain a point changes only where a range begins or ends, so one point between two such places
 * stands for all points there. Values that the conditions also compare as text are added. Text with wildcards cannot be
 * combined with ranges.
 *
 * @throws TooManyClasses when the key is compared on two scales, or with wildcards too
 */
export function rangeWitnesses(key: string, conditions: readonly Condition[]): readonly string[] {
  const scales = new Set(conditions.map((c) => c.operator.comparison).filter(isScale));
  const [scale] = scales;
  const texts = conditions
    .filter(({ operator: { comparison } }) => !isScale(comparison) && comparison !== 'Null')
    .flatMap((c) => c.values);
  if (scale === undefined || scales.size > 1) {
    throw new TooManyClasses(`${key} is compared as ${[...scales].join(' and as ')}; use one kind of operator for it`);
  }
  if (!texts.every((text) => isConstant(text) && text.every((piece) => typeof piece === 'string'))) {
    throw new TooManyClasses(`${key} is compared as ${scale} and as text with wildcards; use ${scale} operators alone`);
  }
  const named = texts.map((t) => t.join('')).filter((text) => pointOf(scale, text) !== undefined);
  const points = pointsOf(
    scale,
    conditions.flatMap((c) => c.ranges),
  );
  return [...new Set([...named, ...points.map((point) => pointText(scale, point))])];
}

/** Points that people would write, where there is a choice: whole numbers, whole seconds. */
const UNITS: Readonly<Record<Scale, bigint>> = { Numeric: ONE_NUMBER, Date: 1000n, IpAddress: 1n };

/** Returns one point for every set of ranges that some point is in. */
function pointsOf(scale: Scale, ranges: readonly Range[]): readonly bigint[] {
  const unit = UNITS[scale];
  const starts = [
    ...ranges.flatMap(({ from, to }) => [
      ...(from === undefined ? [] : [from]),
      ...(to === undefined ? [] : [to + 1n]),
    ]),
    ...(scale === 'IpAddress' ? ADDRESS_STARTS : []),
  ];
  const sorted = [...new Set(starts)].sort((a, b) => (a < b ? -1 : 1));
  const [first = 0n] = sorted;
  const before = first - 1n - modulo(first - 1n, unit);
  const points = sorted.map((start, i) => {
    const rounded = start + modulo(-start, unit);
    const next = sorted[i + 1];
    return next === undefined || rounded < next ? rounded : start;
  });
  return scale === 'IpAddress' ? points.filter(isAddress) : [before, ...points];
}

function modulo(a: bigint, b: bigint): bigint {
  return ((a % b) + b) % b;
}

/** True for the number of an address. IPv4 addresses in the form of IPv6 have none, and no address follows the last. */
function isAddress(point: bigint): boolean {
  return addressNumber(addressText(point)) === point;
}
