const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escapes text for XML. Characters that XML 1.0 does not allow become U+FFFD. */
function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** XML elements by name, in order. An object holds nested elements. */
export interface XmlElements {
  readonly [name: string]: string | XmlElements;
}

/** Writes elements without attributes, as STS does. */
export function xml(elements: XmlElements): string {
  return Object.entries(elements)
    .map(([name, inner]) => `<${name}>${typeof inner === 'string' ? escapeXml(inner) : xml(inner)}</${name}>`)
    .join('');
}
