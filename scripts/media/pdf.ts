/** A PDF of one page with one line of text. */
export function pdf(line: string): Buffer {
  const content = `BT /F1 24 Tf 72 700 Td (${line}) Tj ET`;
  const objects = [
    '<</Type/Catalog/Pages 2 0 R>>',
    '<</Type/Pages/Kids[3 0 R]/Count 1>>',
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 4 0 R>>>>/Contents 5 0 R>>',
    '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
  ].map((body, at) => `${at + 1} 0 obj\n${body}\nendobj\n`);
  const header = '%PDF-1.4\n';
  const starts = objects.map((_, at) => header.length + objects.slice(0, at).join('').length);
  const table = ['0000000000 65535 f \n', ...starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`)];
  const count = objects.length + 1;
  const body = header + objects.join('');
  return Buffer.from(
    `${body}xref\n0 ${count}\n${table.join('')}trailer<</Size ${count}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`,
    'latin1',
  );
}
