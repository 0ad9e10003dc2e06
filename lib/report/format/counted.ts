/** A number and what it counts, in the singular for one: `1 profile`, `3 profiles`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
