/** Thrown for a JSON text that is not read. The message continues a sentence that begins with the text's name. */
export class JsonError extends Error {
  override readonly name = 'JsonError';
}

export interface JsonLimits {
  /** @default 100 */
  readonly maxDepth?: number;
  /**
   * Maximum number of values, keys included. A short text such as `[],[],…` can need a hundred times its length in memory.
   *
   * @default 1000000
   */
  readonly maxValues?: number;
  /**
   * True where the last of equal keys counts, as AWS reads a request.
   *
   * @default false
   */
  readonly allowDuplicateKeys?: boolean;
}

/** An object or a list that the scan is inside of. */
interface Open {
  /** Keys so far, or `undefined` for a list. */
  readonly keys: Set<string> | undefined;
  /** Key of the current entry, or its position in a list. */
  at: string | number;
  /** True where a text is a key. */
  keyNext: boolean;
}

/**
 * Parses a JSON text from outside. Every JSON text from outside is parsed here.
 *
 * A key that occurs twice in one object is refused: programs differ in which of the two they use. The scan before the
 * parsing neither recurses nor keeps values, so that no text can overflow the stack or the memory.
 *
 * @throws JsonError whose message names the place
 */
export function parseJson(text: string, limits: JsonLimits = {}): unknown {
  const { maxDepth = 100, maxValues = 1_000_000, allowDuplicateKeys = false } = limits;
  const duplicate = scan(text, maxDepth, maxValues);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The message of JSON.parse quotes the text, which may be a secret that was named by mistake.
    throw new JsonError('is not JSON');
  }
  if (duplicate !== undefined && !allowDuplicateKeys) {
    throw duplicate;
  }
  return value;
}

/** Returns the first duplicate key as an error. The text need not be valid. */
function scan(text: string, maxDepth: number, maxValues: number): JsonError | undefined {
  const open: Open[] = [];
  let values = 0;
  let duplicate: JsonError | undefined;
  const count = (at: number): void => {
    values += 1;
    if (values > maxValues) {
      throw new JsonError(`has more than ${maxValues} values (at ${place(text, at)}), which is the most that is read`);
    }
  };
  for (let at = 0; at < text.length; at += 1) {
    const inside = open.at(-1);
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at);
        if (inside?.keys !== undefined && inside.keyNext) {
          const key = keyOf(text.slice(at, end + 1));
          inside.keyNext = false;
          inside.at = key;
          if (inside.keys.has(key)) {
            const path = open.map((o) => o.at).join('.');
            duplicate ??= new JsonError(
              `has the key ${shortened(path)} twice (the second at ${place(text, at)}); remove one of them`,
            );
          }
          inside.keys.add(key);
          count(at);
        }
        at = end;
        break;
      }
      case '{':
      case '[':
        count(at);
        open.push({ keys: text[at] === '{' ? new Set() : undefined, at: 0, keyNext: text[at] === '{' });
        if (open.length > maxDepth) {
          throw new JsonError(`is nested more than ${maxDepth} levels deep at ${place(text, at)}`);
        }
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        count(at);
        if (inside?.keys !== undefined) {
          inside.keyNext = true;
        } else if (inside !== undefined) {
          inside.at = Number(inside.at) + 1;
        }
        break;
    }
  }
  return duplicate;
}

/** Returns the position of the quote that ends a string, or of the last character. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') {
      at += 1;
    } else if (text[at] === '"') {
      return at;
    }
  }
  return text.length - 1;
}

/** Decodes a key: `"\u0041"` and `"A"` are the same key. */
function keyOf(literal: string): string {
  try {
    return literal.includes('\\') ? String(JSON.parse(literal)) : literal.slice(1, -1);
  } catch {
    return literal;
  }
}

function place(text: string, at: number): string {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', end + 1)) {
    line += 1;
    start = end + 1;
  }
  return `line ${line}, column ${at - start + 1}`;
}

function shortened(path: string): string {
  return path.length > 200 ? `…${path.slice(-199)}` : path;
}
