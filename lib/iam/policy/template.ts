import { asciiLowerCase } from './ascii-lower-case';
import { ANY, type Glob, ONE, type Wildcard } from './glob';

/** A policy variable such as `${aws:username, 'nobody'}`. */
export interface Variable {
  /** Condition key, in lower case. */
  readonly key: string;
  /** Text to insert if the request lacks the key. */
  readonly fallback: string | undefined;
}

/** Text of a policy whose wildcards and variables are kept apart from its characters. */
export type Template = readonly (string | Wildcard | Variable)[];

/**
 * `${*}`, `${?}`, `${$}`, or a key with an optional default (IAM User Guide, "IAM policy elements: Variables and
 * tags").
 */
const VARIABLE = /\$\{(?:([*?$])|([^\s${},'*?](?:[^${},'*?]*[^\s${},'*?])?)(?:, *'([^'${}]*)')?)\}/y;

/** Parses a text. Returns `undefined` if a `${` in it does not start a variable. */
export function parseTemplate(
  text: string,
  { wildcards, variables }: { readonly wildcards: boolean; readonly variables: boolean },
): Template | undefined {
  const pieces: (string | Wildcard | Variable)[] = [];
  let literal = '';
  let position = 0;
  const add = (piece: Wildcard | Variable): void => {
    if (literal !== '') {
      pieces.push(literal);
      literal = '';
    }
    pieces.push(piece);
  };
  for (const { 0: mark, index } of text.matchAll(/[*?]|\$\{/g)) {
    if (index < position || !(mark === '${' ? variables : wildcards)) {
      continue;
    }
    literal += text.slice(position, index);
    position = index + 1;
    if (mark !== '${') {
      add(mark === '*' ? ANY : ONE);
      continue;
    }
    VARIABLE.lastIndex = index;
    const [all, escaped, key, fallback] = VARIABLE.exec(text) ?? [];
    if (all === undefined) {
      return undefined;
    }
    position = index + all.length;
    if (key === undefined) {
      literal += escaped;
    } else {
      add({ key: asciiLowerCase(key), fallback });
    }
  }
  literal += text.slice(position);
  return literal === '' ? pieces : [...pieces, literal];
}

/** Returns true when the template has no variables and is therefore the same glob for every request. */
export function isConstant(template: Template): template is Glob {
  return template.every((piece) => typeof piece !== 'object');
}

/** Writes a template as a policy does. The default of a variable is left out. */
export function templateText(template: Template): string {
  return template
    .map((piece) =>
      typeof piece === 'object' ? `\${${piece.key}}` : piece === ANY ? '*' : piece === ONE ? '?' : piece,
    )
    .join('');
}
