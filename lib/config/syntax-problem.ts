import type { YAMLParseError } from 'yaml';
import { lexemes, type TextProblem } from './yaml-limits';

/** Ways to fix a syntax error, by the parser's error code. */
const REMEDIES: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: 'this backslash does not begin an escape sequence; write \\\\, or put the value in single quotes',
  BAD_SCALAR_START: 'a value cannot begin with this character; put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    "this value contains another ': '; put the value in quotes, or write the second key on its own line",
  BLOCK_IN_FLOW: 'a comma, or quotes around the value, are missing here inside { }',
  MULTILINE_IMPLICIT_KEY: 'this line must have a key, a colon and a space',
  TAB_AS_INDENT: 'this line is indented with a tab; use spaces',
};

/**
 * Returns the first syntax error, or `undefined` if there is none.
 *
 * Later errors are left out, because after the first one the parser only guesses.
 */
export function syntaxProblem(text: string, errors: readonly YAMLParseError[]): TextProblem | undefined {
  const [error] = [...errors].sort((a, b) => a.pos[0] - b.pos[0]);
  if (error === undefined) {
    return undefined;
  }
  const [offset, end] = error.pos;
  if (error.code === 'MULTIPLE_DOCS') {
    return { offset, length: end - offset, message: 'a second document begins here; write one environment per file' };
  }
  if (text.startsWith('<<<<<<<', offset)) {
    return { offset, length: 7, message: 'a merge conflict begins here; resolve it and remove its marks' };
  }
  const quote = /^Missing closing ['"]/.test(error.message) ? openQuote(text, offset) : undefined;
  return quote === undefined
    ? { offset, length: end - offset, message: `this is not valid YAML: ${remedy(error)}` }
    : {
        offset: quote,
        length: 1,
        message: `this is not valid YAML: the quote that opens here is not closed; add a closing ${text[quote]}`,
      };
}

function remedy({ code, message }: YAMLParseError): string {
  if (code === 'BAD_INDENT') {
    return message.startsWith('Flow')
      ? `the ${message.endsWith('}') ? '{' : '['} that opens above is not closed before this place; close it`
      : 'this line is not aligned with the lines that it belongs to; indent it like them';
  }
  return REMEDIES[code] ?? `${message[0]?.toLowerCase()}${message.slice(1)}`;
}

/** Returns the offset of the opening quote of the quoted text that ends at `end`. */
function openQuote(text: string, end: number): number | undefined {
  for (const { kind, lexeme, offset } of lexemes(text)) {
    if (kind?.endsWith('-quoted-scalar') && offset + lexeme.length === end) {
      return offset;
    }
  }
  return undefined;
}
