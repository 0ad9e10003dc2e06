import type { YAMLParseError } from 'yaml';
import { lexemes, type TextProblem } from './yaml-limits';

/** What the person who wrote the file can do, by what the parser stumbled over. */
const REMEDIES: Readonly<Record<string, string>> = {
  BAD_DQ_ESCAPE: "this backslash begins no escape; write \\\\, or put the value in ' '",
  BAD_SCALAR_START: 'a value cannot begin with this character; put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    "a second ': ' stands in this value; put the value in quotes, or what is a key on a line of its own",
  BLOCK_IN_FLOW: 'between { and } a comma, or quotes around the value, are missing here',
  MULTILINE_IMPLICIT_KEY: 'a key, a colon and a space must stand on this line',
  TAB_AS_INDENT: 'a tab indents this line; use spaces',
};

/**
 * The first thing that the parser stumbled over; `undefined` where it did not.
 *
 * Only the first, because what the parser makes of the rest is a guess, and each guess would be reported as a mistake.
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
    ? { offset, length: end - offset, message: `this is no YAML: ${remedy(error)}` }
    : {
        offset: quote,
        length: 1,
        message: `this is no YAML: the quote that opens here is not closed; add a closing ${text[quote]}`,
      };
}

function remedy({ code, message }: YAMLParseError): string {
  if (code === 'BAD_INDENT') {
    return message.startsWith('Flow')
      ? `a ${message.endsWith('}') ? '{' : '['} that opened above is not closed by here; close it`
      : 'this line is indented otherwise than those it belongs to; begin it in their column';
  }
  return REMEDIES[code] ?? `${message[0]?.toLowerCase()}${message.slice(1)}`;
}

/** Where the quoted text begins that ends at `end`. */
function openQuote(text: string, end: number): number | undefined {
  for (const { kind, lexeme, offset } of lexemes(text)) {
    if (kind?.endsWith('-quoted-scalar') && offset + lexeme.length === end) {
      return offset;
    }
  }
  return undefined;
}
