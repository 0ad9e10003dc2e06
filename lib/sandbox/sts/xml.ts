const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text as XML carries it; characters that XML 1.0 cannot carry at all become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** Elements by name, in order; an object is nested elements. */
export interface XmlElements {
  readonly [name: string]: string | XmlElements;
}

/** Elements without attributes, as STS answers them. */
export function xml(elements: XmlElements): string {
  return Object.entries(elements)
    .map(([name, inner]) => `<${name}>${typeof inner === 'string' ? escapeXml(inner) : xml(inner)}</${name}>`)
    .join('');
}
