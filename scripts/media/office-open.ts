import { zip } from './zip';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const SCHEMAS = 'http://schemas.openxmlformats.org';
const RELATION = `${SCHEMAS}/officeDocument/2006/relationships`;
const TYPE = 'application/vnd.openxmlformats-officedocument';

function contentTypes(parts: Readonly<Record<string, string>>): string {
  const overrides = Object.entries(parts).map(
    ([part, type]) => `<Override PartName="/${part}" ContentType="${type}"/>`,
  );
  return `${XML}<Types xmlns="${SCHEMAS}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides.join('')}</Types>`;
}

function relation(type: string, target: string): string {
  return `${XML}<Relationships xmlns="${SCHEMAS}/package/2006/relationships"><Relationship Id="r1" Type="${RELATION}/${type}" Target="${target}"/></Relationships>`;
}

/** A Word document (ECMA-376) of one paragraph. */
export function docx(line: string): Buffer {
  return zip({
    '[Content_Types].xml': contentTypes({ 'word/document.xml': `${TYPE}.wordprocessingml.document.main+xml` }),
    '_rels/.rels': relation('officeDocument', 'word/document.xml'),
    'word/document.xml': `${XML}<w:document xmlns:w="${SCHEMAS}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>${line}</w:t></w:r></w:p></w:body></w:document>`,
  });
}

/** An Excel workbook (ECMA-376) of one sheet with one cell. */
export function xlsx(line: string): Buffer {
  const main = `${SCHEMAS}/spreadsheetml/2006/main`;
  return zip({
    '[Content_Types].xml': contentTypes({
      'xl/workbook.xml': `${TYPE}.spreadsheetml.sheet.main+xml`,
      'xl/worksheets/sheet1.xml': `${TYPE}.spreadsheetml.worksheet+xml`,
    }),
    '_rels/.rels': relation('officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `${XML}<workbook xmlns="${main}" xmlns:r="${RELATION}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relation('worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `${XML}<worksheet xmlns="${main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${line}</t></is></c></row></sheetData></worksheet>`,
  });
}
