/** A role or a user that a policy is or can be attached to. */
export interface Carrier {
  readonly kind: 'role' | 'user';
  readonly name: string;
}

/** Returns the roles and users with these names. */
export function carriersNamed(roles: readonly string[], users: readonly string[]): readonly Carrier[] {
  return [
    ...roles.map((name) => ({ kind: 'role', name }) as const),
    ...users.map((name) => ({ kind: 'user', name }) as const),
  ];
}

export const inWords = ({ kind, name }: Carrier): string => `${kind} ${name}`;

/** Returns the carriers that are not among `others`. */
export function without(carriers: readonly Carrier[], others: readonly Carrier[]): readonly Carrier[] {
  const names = new Set(others.map(inWords));
  return carriers.filter((carrier) => !names.has(inWords(carrier)));
}

/** Returns all carriers once, sorted by their words. */
export function union(...lists: readonly (readonly Carrier[])[]): readonly Carrier[] {
  const byWords = new Map(lists.flat().map((carrier) => [inWords(carrier), carrier]));
  return [...byWords].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, carrier]) => carrier);
}
