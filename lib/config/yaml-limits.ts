import { CST, Lexer, Parser } from 'yaml';
import { findInvisible } from './invisible';

/** A problem and its position in the text. */
export interface TextProblem {
  /** Number of characters before it. */
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/** Largest environment file. */
export const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;

const REFUSED: Readonly<Record<string, string>> = {
  alias: 'aliases (*name) are not allowed; write the value out',
  anchor: 'anchors (&name) are not allowed; write the value out where it is used',
  tag: 'tags (!name) are not allowed; remove the tag',
  'directive-line': 'directives (%YAML, %TAG) are not allowed; remove the line',
};

/** Kinds of lexeme that represent no text. */
const LEXER_MARKS: readonly string[] = ['doc-mode', 'flow-error-end', 'scalar'];

/** Decodes the text of a file, or returns the reason why this project does not read it. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly problem?: TextProblem } {
  const refused = (message: string) => ({ text: '', problem: { offset: 0, length: 1, message } });
  if (bytes.length > MAX_BYTES) {
    return refused(`the file has ${bytes.length} bytes; at most ${MAX_BYTES} are allowed`);
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return refused('the file is UTF-16 text; save it as UTF-8');
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const offset = text.indexOf('\ufffd');
    return {
      text,
      problem: { offset, length: 1, message: 'from here on, the file is not UTF-8 text; save it as UTF-8' },
    };
  }
}

function forbiddenCharacter(text: string): TextProblem | undefined {
  const loneReturn = /\r(?!\n)/.exec(text)?.index;
  if (loneReturn !== undefined) {
    const message = 'this carriage return has no line feed after it; save the file with LF line breaks';
    return { offset: loneReturn, length: 1, message };
  }
  const invisible = findInvisible(text);
  if (invisible === undefined) {
    return undefined;
  }
  const code = invisible.character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    offset: invisible.index,
    length: 1,
    message: `the character U+${code} is invisible and not allowed; remove it`,
  };
}

/** Yields the lexemes of a YAML text with their offsets. */
export function* lexemes(text: string) {
  let offset = 0;
  let scalarFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    const kind: string | null = scalarFollows ? 'scalar-text' : CST.tokenType(lexeme);
    yield { kind, lexeme, offset };
    scalarFollows = kind === 'scalar';
    offset += LEXER_MARKS.includes(kind ?? '') ? 0 : lexeme.length;
  }
}

/**
 * Finds the first token that makes a document unsafe or ambiguous to compose.
 *
 * It reads only tokens and runs before the document is composed. Composing two deep documents in one process aborts
 * Node 20 in a way that `catch` does not see. Merging and comparing keys take quadratic time, and aliases grow
 * exponentially. The parser used here keeps its own stack, so deep nesting is safe.
 */
export function unsafeYaml(text: string): TextProblem | undefined {
  const invisible = forbiddenCharacter(text);
  if (invisible !== undefined) {
    return invisible;
  }
  const parser = new Parser();
  let documents = 0;
  for (const { kind, lexeme, offset } of lexemes(text)) {
    for (const token of parser.next(lexeme)) {
      documents += token.type === 'document' ? 1 : 0;
    }
    const refused = REFUSED[kind ?? ''];
    if (refused !== undefined) {
      return { offset, length: lexeme.trimEnd().length, message: refused };
    }
    if (kind === 'scalar-text' && lexeme === '<<') {
      return { offset, length: 2, message: 'merge keys (<<) are not allowed; write the keys out' };
    }
    if (parser.stack.length > MAX_DEPTH + 2) {
      return {
        offset,
        length: 1,
        message: `the value is nested more than ${MAX_DEPTH} levels deep; an environment file needs at most 7 levels`,
      };
    }
    if (kind === 'doc-start' && documents > 0) {
      return { offset, length: 3, message: 'a second document begins here; write one environment per file' };
    }
  }
  return undefined;
}
