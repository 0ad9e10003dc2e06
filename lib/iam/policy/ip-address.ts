import { isIPv4, isIPv6 } from 'node:net';

/** First and last address of each family, as numbers. IPv4 addresses have negative numbers, so the families differ. */
const FAMILIES = {
  4: { first: -(1n << 32n), last: -1n, bits: 32 },
  6: { first: 0n, last: (1n << 128n) - 1n, bits: 128 },
} as const;

/** IPv4 addresses in the form of IPv6: `::ffff:0:0/96`. */
const MAPPED = { first: 0xffffn << 32n, last: (0x10000n << 32n) - 1n };

/** Numbers at which a family of addresses, or the addresses after an excluded block, begin. */
export const ADDRESS_STARTS: readonly bigint[] = [FAMILIES[4].first, FAMILIES[6].first, MAPPED.first, MAPPED.last + 1n];

/**
 * Returns the number of an IP address, or `undefined` for other text.
 *
 * AWS does not document whether an IPv4 address that is written as an IPv6 address (`::ffff:10.0.0.1`) equals the IPv4
 * address, so such an address has no number.
 */
export function addressNumber(text: string): bigint | undefined {
  if (isIPv4(text)) {
    return FAMILIES[4].first + groupsNumber(text.split('.').map(Number), 8n);
  }
  if (!isIPv6(text) || text.includes('%')) {
    return undefined;
  }
  const number = groupsNumber(groupsOf(text), 16n);
  return MAPPED.first <= number && number <= MAPPED.last ? undefined : number;
}

/** Returns the address with a number. */
export function addressText(number: bigint): string {
  const groups = (value: bigint, count: number, bits: bigint, radix: number): readonly string[] =>
    Array.from({ length: count }, (_, i) =>
      ((value >> (bits * BigInt(count - 1 - i))) & ((1n << bits) - 1n)).toString(radix),
    );
  return number < 0n ? groups(number - FAMILIES[4].first, 4, 8n, 10).join('.') : groups(number, 8, 16n, 16).join(':');
}

/** Returns the numbers of the first and the last address of a block such as `203.0.113.0/24`, or of one address. */
export function addressBlock(text: string): { readonly from: bigint; readonly to: bigint } | undefined {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const number = addressNumber(address);
  if (number === undefined) {
    return undefined;
  }
  const { first, bits } = FAMILIES[number < 0n ? 4 : 6];
  const length = prefix === undefined ? bits : Number(prefix);
  if (length > bits) {
    return undefined;
  }
  const size = 1n << BigInt(bits - length);
  const from = first + ((number - first) / size) * size;
  return { from, to: from + size - 1n };
}

function groupsNumber(groups: readonly number[], bits: bigint): bigint {
  return groups.reduce((number, group) => (number << bits) | BigInt(group), 0n);
}

/** Returns the eight groups of an IPv6 address. */
function groupsOf(text: string): readonly number[] {
  const withoutDots = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((n) => n.toString(16)).join(':'),
  );
  const [before = '', after] = withoutDots.split('::');
  const groups = (part: string): readonly number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [left, right] = [groups(before), groups(after ?? '')];
  return after === undefined ? left : [...left, ...Array<number>(8 - left.length - right.length).fill(0), ...right];
}
