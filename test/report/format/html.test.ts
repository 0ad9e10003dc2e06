import { createHash } from 'node:crypto';
import { html, htmlPage, htmlTable } from '../../../lib/report/format/html';

/** Texts that break out of a page if they are not escaped, as attackers put them into tags and role names. */
const HOSTILE = [
  '</script><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '<style>*{display:none}</style>',
  '&lt;b&gt; & "quoted"',
  '<!-- ',
  'javascript:alert(1)',
  '\u202egnp.exe\u0000\u001b[31m',
];

test.each(HOSTILE)('a value in a template is text, and not markup: %j', (value) => {
  const { text } = html`<p title="${value}">${value}</p>`;
  const [, attribute = '', content = ''] = /^<p title="([^"<>']*)">([^"<>']*)<\/p>$/.exec(text) ?? [];
  const shown = value.replace(/[\p{Cc}\u202e]/gu, '\ufffd');
  expect([attribute, content].map(unescaped)).toEqual([shown, shown]);
});

/** Decodes text as a browser does. */
function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => characters[name] ?? '');
}

test('HTML in a template stays HTML, also in lists, and `undefined` is empty', () => {
  expect(html`<ul>${['a', 'b'].map((item) => html`<li>${item}</li>`)}</ul>${undefined}${0}`.text).toBe(
    '<ul><li>a</li><li>b</li></ul>0',
  );
});

test('a page allows only its own style sheet, by digest, and no scripts or network requests', () => {
  const page = htmlPage({ title: 'A & B', main: html`<p>${HOSTILE.join('\n')}</p>` });
  const styles = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style = '']) => style);
  expect(styles).toHaveLength(1);
  const digest = createHash('sha256')
    .update(styles[0] ?? '')
    .digest('base64');
  expect(/Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]).toBe(
    `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`,
  );
  expect(page).toContain('<h1>A &amp; B</h1>');
  expect(page).not.toMatch(
    /<(script|img|link|iframe|object|embed|base|form)\b|<[^>]+\s(style|on\w+|src)=|https?:|url\(/,
  );
});

test('a table has a caption, headings of columns and rows, and right-aligned numbers', () => {
  expect(
    htmlTable(
      'Dollars <1>',
      ['application', 'US dollars'],
      [
        ['shop', 1.5],
        ['chat', undefined],
      ],
    ).text,
  ).toBe(
    `<div class="scroll" role="region" aria-label="Dollars &lt;1&gt;" tabindex="0"><table>
<caption>Dollars &lt;1&gt;</caption>
<thead><tr><th scope="col">application</th><th scope="col">US dollars</th></tr></thead>
<tbody>
<tr><th scope="row">shop</th><td class="number">1.5</td></tr>
<tr><th scope="row">chat</th><td></td></tr>
</tbody>
</table></div>`,
  );
});
