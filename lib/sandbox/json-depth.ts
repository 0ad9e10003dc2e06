/**
 * Counts how deeply lists and objects are nested in a JSON text.
 *
 * It does not recurse, so no text can overflow the stack.
 */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter === '\\') {
        at += 1;
      } else if (letter === '"') {
        quoted = false;
      }
    } else if (letter === '"') {
      quoted = true;
    } else if (letter === '{' || letter === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (letter === '}' || letter === ']') {
      depth -= 1;
    }
  }
  return deepest;
}
