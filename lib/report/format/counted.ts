/** Writes a number before a noun, in the singular for one: `1 profile`, `3 profiles`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
