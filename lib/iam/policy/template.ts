import { asciiLowerCase } from './ascii-lower-case';
import { ANY, type Glob, ONE, type Wildcard } from './glob';

/** A policy variable such as `${aws:username, 'nobody'}`. */
export interface Variable {
  /** Condition key, in lower case. */
  readonly key: string;
  /** Text to insert where the request has no such key. */
  readonly fallback: string | undefined;
}

/** Text of a policy, with its wildcards and variables told apart from its characters. */
export type Template = readonly (string | Wildcard | Variable)[];

/** `${*}`, `${?}`, `${$}`, or a key and perhaps a default (IAM User Guide, "IAM policy elements: Variables and tags"). */
const VARIABLE = /\$\{(?:([*?$])|([^\s${},'*?](?:[^${},'*?]*[^\s${},'*?])?)(?:, *'([^'${}]*)')?)\}/y;

/** Reads a text, or gives `undefined` for one in which `${` starts no variable. */
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

/** Whether the template has no variables, and so is the same glob for every request. */
export function isConstant(template: Template): template is Glob {
  return template.every((piece) => typeof piece !== 'object');
}
