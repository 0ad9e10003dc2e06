import { quote } from './quote';
import type { Refuse } from './refuse';

/** Reads one string or a non-empty list of strings. IAM allows both forms. */
export function stringList(element: string, value: unknown, refuse: Refuse): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) {
    refuse(`${element} is an empty list; list at least one string`);
  }
  return list.filter((item): item is string => {
    if (typeof item !== 'string') {
      refuse(`${element} holds ${quote(item)}; only strings are allowed`);
      return false;
    }
    if (item.includes('{{resolve:')) {
      refuse(`${element} holds ${quote(item)}, which is resolved only during deployment; write the value itself`);
      return false;
    }
    return true;
  });
}
