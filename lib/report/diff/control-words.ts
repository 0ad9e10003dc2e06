import type { ControlValue } from '../../proof/controls/review';
import type { ControlChange } from '../../proof/matrix/diff-controls';
import { type Sign, signOfWidth, type WriteName } from './diff-words';

/** Returns the sign and the sentence for a change of a control. A weaker control counts as gained access. */
export function controlWords(change: ControlChange, name: WriteName): [Sign, string] {
  const { field, application, words, before, after } = change;
  const [key = ''] = field.split('.').slice(-1);
  const values =
    before === undefined && after === undefined
      ? ''
      : ` (${key}: ${shown(before, after, name)} → ${shown(after, before, name)})`;
  return [signOfWidth(change), `${application === undefined ? '' : `${name(application)}: `}${words}${values}`];
}

const MAX_ENTRIES = 10;

/**
 * Writes a value of the file. Of a long list it shows only entries that the other side has not, so that the author of a
 * change cannot hide the sentences after this one behind its length.
 */
function shown(value: ControlValue | undefined, other: ControlValue | undefined, name: WriteName): string {
  if (value === undefined) {
    return 'none';
  }
  if (typeof value !== 'object') {
    return typeof value === 'string' ? name(shortened(value)) : String(value);
  }
  const others: readonly (string | number)[] = typeof other === 'object' ? other : [];
  const differing = value.length > MAX_ENTRIES ? value.filter((entry) => !others.includes(entry)) : value;
  const listed = differing.slice(0, MAX_ENTRIES).map((entry) => name(shortened(String(entry))));
  const more = value.length - listed.length;
  return [...listed, ...(more > 0 ? [`${more} more`] : [])].join(', ') || 'none';
}

/** Leaves out the middle of a long text. */
function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 80)} … ${text.slice(-100)}` : text;
}
