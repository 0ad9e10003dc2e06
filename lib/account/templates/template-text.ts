import type { Path, ResolutionBounds } from './resolution-bounds';

/** Joins texts as `Fn::Join` does. */
export function joinedText(
  bounds: ResolutionBounds,
  path: Path,
  { separator, texts }: { readonly separator: string; readonly texts: readonly string[] },
): string {
  return texts.flatMap((text, i) => (i === 0 ? [text] : [bounds.made(separator, path), text])).join('');
}

/** Splits a text as `Fn::Split` does. The separator is not empty. */
export function splitText(
  bounds: ResolutionBounds,
  path: Path,
  { separator, text }: { readonly separator: string; readonly text: string },
): readonly string[] {
  const parts = text.split(separator);
  bounds.visit(path, parts.length);
  return parts;
}

/** Replaces each `${NAME}` of a text as `Fn::Sub` does, and each `${!TEXT}` by `${TEXT}`. */
export function substitutedText(
  bounds: ResolutionBounds,
  path: Path,
  { template, textOf }: { readonly template: string; readonly textOf: (name: string) => string },
): string {
  const values = new Map<string, string>();
  const parts: string[] = [];
  let end = 0;
  for (let start = template.indexOf('${'); start !== -1; start = template.indexOf('${', end)) {
    const close = template.indexOf('}', start);
    if (close === -1) {
      break;
    }
    bounds.visit(path);
    const name = template.slice(start + 2, close);
    const value = values.get(name) ?? (name.startsWith('!') ? `\${${name.slice(1)}}` : textOf(name));
    values.set(name, value);
    parts.push(bounds.made(template.slice(end, start), path), bounds.made(value, path));
    end = close + 1;
  }
  return [...parts, bounds.made(template.slice(end), path)].join('');
}
