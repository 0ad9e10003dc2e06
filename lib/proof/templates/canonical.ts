/**
 * Writes values that mean the same in a policy as the same text: keys and lists are sorted, and a list of one entry is
 * written as this entry. The arguments of an intrinsic function keep their order.
 */
export function canonical(value: unknown): string {
  return text(value, true);
}

function text(value: unknown, isPolicy: boolean): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => text(item, isPolicy));
    return isPolicy && items.length === 1 ? (items[0] ?? '') : `[${(isPolicy ? items.sort() : items).join()}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${text(item, isPolicy && !key.startsWith('Fn::'))}`).join()}}`;
  }
  return JSON.stringify(value) ?? 'nothing';
}
