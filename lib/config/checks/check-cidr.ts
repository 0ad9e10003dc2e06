import type { Path, Problem } from '../problem';

/** Ranges of private addresses: RFC 1918, and those of carriers (RFC 6598), which VPCs also use. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'];

/** The widest range of private addresses has 8 fixed bits. */
const LEAST_FIXED_BITS = 8;

/** Checks that an IPv4 range is one of private addresses and begins at its first address. */
export function checkCidr(path: Path, cidr: string): readonly Problem[] {
  const range = parseCidr(cidr);
  if (range === undefined) {
    return [];
  }
  const { address, bits } = range;
  if (bits < LEAST_FIXED_BITS) {
    return [
      {
        path,
        message: `'${cidr}' is wider than any private network; write the range of the clients, such as '10.0.0.0/16'`,
      },
    ];
  }
  const first = firstAddress(address, bits);
  if (first !== address) {
    return [{ path, message: `'${cidr}' does not begin at its first address; write '${textOf(first)}/${bits}'` }];
  }
  const isPrivate = PRIVATE_RANGES.map(parseCidr).some(
    (r) => r !== undefined && r.bits <= bits && firstAddress(address, r.bits) === r.address,
  );
  return isPrivate
    ? []
    : [
        {
          path,
          severity: 'warning',
          message: `'${cidr}' is not in a range of private addresses (${PRIVATE_RANGES.join(', ')}); clients reach an endpoint by private addresses`,
        },
      ];
}

function parseCidr(cidr: string): { readonly address: number; readonly bits: number } | undefined {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  const [a = 256, b = 256, c = 256, d = 256, bits = 33] = match?.slice(1).map(Number) ?? [];
  return [a, b, c, d].every((n) => n < 256) && bits <= 32
    ? { address: ((a * 256 + b) * 256 + c) * 256 + d, bits }
    : undefined;
}

function firstAddress(address: number, bits: number): number {
  const size = 2 ** (32 - bits);
  return Math.floor(address / size) * size;
}

function textOf(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
