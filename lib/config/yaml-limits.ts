import { CST, Lexer, Parser } from 'yaml';
import { findInvisible } from './invisible';

/** A place in the text, and what is wrong there. */
export interface TextProblem {
  /** Characters before it. */
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

const MAX_BYTES = 256 * 1024;
const MAX_DEPTH = 32;

const REFUSED: Readonly<Record<string, string>> = {
  alias: 'aliases (*name) are not allowed; write the value out',
  anchor: 'anchors (&name) are not allowed; write the value out where it is used',
  tag: 'tags (!name) are not allowed; remove it',
  'directive-line': 'directives (%YAML, %TAG) are not allowed; remove the line',
};

/** Lexemes that stand for no text. */
const LEXER_MARKS: readonly string[] = ['doc-mode', 'flow-error-end', 'scalar'];

/** Decodes a file, or says why it is no text this project reads. */
export function decode(bytes: Uint8Array): string | TextProblem {
  if (bytes.length > MAX_BYTES) {
    return { offset: 0, length: 1, message: `the file has ${bytes.length} bytes; at most ${MAX_BYTES} are read` };
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { offset: 0, length: 1, message: 'the file is not UTF-8 text; save it as UTF-8' };
  }
}

function forbiddenCharacter(text: string): TextProblem | undefined {
  const found = findInvisible(text);
  if (found === undefined) {
    return undefined;
  }
  const code = found.character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return { offset: found.index, length: 1, message: `the character U+${code} is invisible and not allowed; remove it` };
}

/**
 * Says what makes a document unsafe or ambiguous to compose, reading tokens alone.
 *
 * It runs before the document is composed: composing two deep documents in one process aborts Node 20 in a way that no
 * `catch` sees, merging and comparing keys take quadratic time, and aliases grow exponentially. The parser used here keeps
 * its own stack, so depth costs nothing.
 */
export function unsafeYaml(text: string): TextProblem | undefined {
  const invisible = forbiddenCharacter(text);
  if (invisible !== undefined) {
    return invisible;
  }
  const parser = new Parser();
  let documents = 0;
  let offset = 0;
  let scalarFollows = false;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) {
      documents += token.type === 'document' ? 1 : 0;
    }
    const kind: string | null = scalarFollows ? 'scalar-text' : CST.tokenType(lexeme);
    const refused = REFUSED[kind ?? ''];
    if (refused !== undefined) {
      return { offset, length: lexeme.trimEnd().length, message: refused };
    }
    if (parser.stack.length > MAX_DEPTH + 2) {
      return { offset, length: 1, message: `nested more than ${MAX_DEPTH} levels deep; an environment file needs 7` };
    }
    if (kind === 'doc-start' && documents > 0) {
      return { offset, length: 3, message: 'a second document begins here; write one environment per file' };
    }
    scalarFollows = kind === 'scalar';
    offset += LEXER_MARKS.includes(kind ?? '') ? 0 : lexeme.length;
  }
  return undefined;
}
