import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import type { LocatedProblem, Path, Problem } from './problem';
import { formatPath } from './problem';
import { decode, type TextProblem, unsafeYaml } from './yaml-limits';

type Range = readonly [start: number, end: number];

/** A YAML document as plain values, and where in the text each of them stands. */
export interface YamlText {
  readonly file: string;
  /** Objects without prototype, arrays, strings, numbers, booleans and null. */
  readonly value: unknown;
  /** What the reader itself found wrong: syntax, limits, duplicate keys. */
  readonly problems: readonly LocatedProblem[];
  locate(problem: Problem): LocatedProblem;
  /** A scalar as it is written in the file, quotes and all. */
  written(path: Path): string | undefined;
}

const MAX_KEYS = 5000;

/** Reads one YAML document. `file` is what messages call it. Never throws for what the bytes hold. */
export function readYaml(file: string, bytes: Uint8Array): YamlText {
  const decoded = decode(bytes);
  const text = typeof decoded === 'string' ? decoded : '';
  const unsafe = typeof decoded === 'string' ? unsafeYaml(text) : decoded;
  const lines = new LineCounter();
  const keys = new Map<string, Range>();
  const values = new Map<string, Range>();
  const found: TextProblem[] = [];

  const at = (range: Range, path: string, severity: 'error' | 'warning', message: string): LocatedProblem => {
    const { line, col } = lines.lineStarts.length === 0 ? { line: 1, col: 1 } : lines.linePos(range[0]);
    const start = lines.lineStarts[line - 1] ?? 0;
    const source = text.slice(start).split(/\r\n|[\r\n]/, 1)[0] ?? '';
    const length = Math.max(1, Math.min(range[1] - range[0], source.length - col + 1));
    return { file, line, column: Math.max(1, col), length, source, path, severity, message };
  };

  /** Turns a node into a plain value and notes where it and its keys stand. */
  const read = (node: unknown, path: Path): unknown => {
    const id = JSON.stringify(path);
    const range = (node as Node | null)?.range;
    if (range) {
      values.set(id, [range[0], range[1]]);
    }
    if (isSeq(node)) {
      return node.items.map((item, i) => read(item, [...path, i]));
    }
    if (!isMap(node)) {
      return isScalar(node) ? node.value : null;
    }
    const map: Record<string, unknown> = Object.create(null);
    if (node.items.length > MAX_KEYS) {
      found.push({ offset: range?.[0] ?? 0, length: 1, message: `a map of more than ${MAX_KEYS} keys` });
      return map;
    }
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String((key as Scalar).source ?? key.value) : undefined;
      const keyRange = (key as Node | null)?.range ?? range ?? [0, 1];
      const keyAt = { offset: keyRange[0], length: Math.max(1, keyRange[1] - keyRange[0]) };
      if (name === undefined) {
        found.push({ ...keyAt, message: 'a key must be plain text' });
      } else if (name === '<<') {
        found.push({ ...keyAt, message: 'merge keys (<<) are not allowed; write the keys out' });
      } else if (name in map) {
        found.push({ ...keyAt, message: `the key '${name}' is here a second time; keep one of them` });
      } else {
        keys.set(JSON.stringify([...path, name]), [keyRange[0], keyRange[1]]);
        map[name] = read(value, [...path, name]);
      }
    }
    return map;
  };

  const document = unsafe === undefined ? compose(text, lines) : undefined;
  if (document === undefined) {
    for (const match of text.matchAll(/\r\n|[\r\n]/g)) {
      lines.addNewLine(match.index + match[0].length);
    }
    lines.lineStarts.unshift(0);
  }
  const value = document === undefined || document.errors.length > 0 ? undefined : read(document.contents, []);
  const syntax = (document?.errors ?? []).map(({ pos, message }) => ({
    offset: pos[0],
    length: pos[1] - pos[0],
    message: `this is no YAML: ${message[0]?.toLowerCase()}${message.slice(1)}`,
  }));
  const all = [...(unsafe === undefined ? [] : [unsafe]), ...oneALine(syntax, lines), ...found];

  return {
    file,
    value,
    problems: all.map(({ offset, length, message }) => at([offset, offset + length], '', 'error', message)),
    locate({ path, at: which = 'value', severity = 'error', message }) {
      const places = which === 'key' ? [keys, values] : [values, keys];
      // The nearest place that exists: a missing key is reported at the map that lacks it.
      for (let end = path.length; end >= 0; end -= 1) {
        const id = JSON.stringify(path.slice(0, end));
        const own = end === path.length ? (places[0]?.get(id) ?? places[1]?.get(id)) : (keys.get(id) ?? values.get(id));
        if (own !== undefined) {
          return at(own, formatPath(path), severity, message);
        }
      }
      return at([0, 1], formatPath(path), severity, message);
    },
    written(path) {
      const range = values.get(JSON.stringify(path));
      return range && text.slice(range[0], range[1]);
    },
  };
}

/** One mistake makes the parser stumble several times on its line; the first is the one to mend. */
function oneALine(problems: readonly TextProblem[], lines: LineCounter): readonly TextProblem[] {
  const byLine = new Map(problems.toReversed().map((p) => [lines.linePos(p.offset).line, p]));
  return [...byLine.values()].toReversed();
}

function compose(text: string, lineCounter: LineCounter) {
  return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false, version: '1.2', schema: 'core' });
}
