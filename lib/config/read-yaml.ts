import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from 'yaml';
import type { LocatedProblem, Path, Problem } from './problem';
import { formatPath } from './problem';
import { quoted } from './quoted';
import { syntaxProblem } from './syntax-problem';
import { decode, type TextProblem, unsafeYaml } from './yaml-limits';

type Range = readonly [start: number, end: number];

/** A YAML document as plain values, with the position of each value in the text. */
export interface YamlText {
  readonly file: string;
  /** Objects without prototype, arrays, strings, numbers, booleans and null. */
  readonly value: unknown;
  /** Problems with syntax, limits and duplicate keys. */
  readonly problems: readonly LocatedProblem[];
  locate(problem: Problem): LocatedProblem;
  /** Returns a scalar as written in the file, with its quotes. */
  written(path: Path): string | undefined;
}

/** Maximum number of keys in a map and of entries in a list. */
const MAX_ENTRIES = 5000;

/** Reads one YAML document. `file` is the path to show in messages. Does not throw, whatever the bytes are. */
export function readYaml(file: string, bytes: Uint8Array): YamlText {
  const { text, problem: undecoded } = decode(bytes);
  const unsafe = undecoded ?? unsafeYaml(text);
  const lines = new LineCounter();
  const keys = new Map<string, Range>();
  const values = new Map<string, Range>();
  const keyProblems: TextProblem[] = [];
  let tooLong: TextProblem | undefined;
  const sources = new Map<number, string>();

  /** Returns the text of a line. It is cached, because a long line may have thousands of problems. */
  const sourceOf = (line: number): string => {
    const known = sources.get(line);
    if (known !== undefined) {
      return known;
    }
    const start = lines.lineStarts[line - 1] ?? 0;
    const end = text.indexOf('\n', start);
    const source = text.slice(start, end === -1 ? text.length : end).replace(/\r$/, '');
    sources.set(line, source);
    return source;
  };

  const at = (range: Range, path: string, severity: 'error' | 'warning', message: string): LocatedProblem => {
    const { line, col } = lines.lineStarts.length === 0 ? { line: 1, col: 1 } : lines.linePos(range[0]);
    const source = sourceOf(line);
    const length = Math.max(1, Math.min(range[1] - range[0], source.length - col + 1));
    return { file, line, column: Math.max(1, col), length, source, path, severity, message };
  };

  /** Converts a node to a plain value and records the positions of the value and its keys. */
  const read = (node: unknown, path: Path, key?: Range): unknown => {
    const id = JSON.stringify(path);
    const range = (node as Node | null)?.range;
    if (range) {
      // A value that is left out has no position of its own, so use that of its key or of the dash before it.
      const substitute = key ?? [Math.max(0, range[0] - 1), range[0]];
      values.set(id, range[1] > range[0] ? [range[0], range[1]] : substitute);
    }
    if ((isSeq(node) || isMap(node)) && node.items.length > MAX_ENTRIES) {
      const what = `a ${isSeq(node) ? 'list' : 'map'} of ${node.items.length} entries begins here`;
      tooLong ??= { offset: range?.[0] ?? 0, length: 1, message: `${what}; at most ${MAX_ENTRIES} are allowed` };
      return null;
    }
    if (isSeq(node)) {
      return node.items.map((item, i) => read(item, [...path, i]));
    }
    if (!isMap(node)) {
      return isScalar(node) ? node.value : null;
    }
    const map: Record<string, unknown> = Object.create(null);
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String((key as Scalar).source ?? key.value) : undefined;
      const keyRange = (key as Node | null)?.range ?? range ?? [0, 1];
      const keyAt = { offset: keyRange[0], length: Math.max(1, keyRange[1] - keyRange[0]) };
      if (name === undefined) {
        keyProblems.push({ ...keyAt, message: 'a key must be plain text' });
      } else if (name === '__proto__') {
        keyProblems.push({
          ...keyAt,
          message: "the key '__proto__' is not allowed, because JavaScript gives it a special meaning",
        });
      } else if (name in map) {
        keyProblems.push({ ...keyAt, message: `the key ${quoted(name)} occurs twice; remove one of them` });
      } else {
        keys.set(JSON.stringify([...path, name]), [keyRange[0], keyRange[1]]);
        map[name] = read(value, [...path, name], [keyRange[0], keyRange[1]]);
      }
    }
    return map;
  };

  const document = unsafe === undefined ? compose(text, lines) : undefined;
  if (document === undefined) {
    for (const match of text.matchAll(/\n/g)) {
      lines.addNewLine(match.index + match[0].length);
    }
    lines.lineStarts.unshift(0);
  }
  const value = document === undefined || document.errors.length > 0 ? undefined : read(document.contents, []);
  const refused = unsafe ?? syntaxProblem(text, document?.errors ?? []) ?? tooLong;
  const all = [...(refused === undefined ? [] : [refused]), ...keyProblems];

  return {
    file,
    value: tooLong === undefined ? value : undefined,
    problems: all.map(({ offset, length, message }) => at([offset, offset + length], '', 'error', message)),
    locate({ path, at: which = 'value', severity = 'error', message }) {
      const places = which === 'key' ? [keys, values] : [values, keys];
      // Use the nearest position that exists: a missing key is reported at the map that lacks it.
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

function compose(text: string, lineCounter: LineCounter) {
  return parseDocument(text, { lineCounter, uniqueKeys: false, prettyErrors: false, version: '1.2', schema: 'core' });
}
