import { makeZip, type ZipPart } from "./make-zip";

const relations = (entries: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries
    .map(
      ([id, type, target]) =>
        `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`,
    )
    .join("")}</Relationships>`;

const wordStyles = `<w:styles xmlns:w="w"><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
  <w:style w:styleId="2"><w:name w:val="Own"/><w:basedOn w:val="Base"/></w:style>
  <w:style w:styleId="Base"><w:name w:val="Base"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
  <w:style w:styleId="Loop"><w:name w:val="x"/><w:basedOn w:val="Loop"/></w:style></w:styles>`;

/** A Word document with this body and more parts, of those that its relations name; the styles "H1" and "2" are headings of the first and second level. */
export const makeDocx = (body: string, more: readonly ZipPart[] = []): Uint8Array =>
  makeZip([
    { name: "_rels/.rels", content: relations([["r1", "officeDocument", "word/document.xml"]]) },
    {
      name: "word/_rels/document.xml.rels",
      content: relations([
        ["r1", "styles", "styles.xml"],
        ["r2", "footnotes", "footnotes.xml"],
        ["r3", "endnotes", "endnotes.xml"],
        ["r4", "comments", "comments.xml"],
        ["r5", "numbering", "numbering.xml"],
        ["r6", "header", "header1.xml"],
        ["r7", "footer", "footer1.xml"],
        ["r8", "chart", "charts/chart1.xml"],
      ]),
    },
    { name: "word/styles.xml", content: wordStyles },
    { name: "word/document.xml", content: `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>` },
    ...more,
  ]);

export interface Sheet {
  readonly name: string;
  /** The sheet's rows as XML. */
  readonly rows: string;
  readonly hidden?: boolean;
}

/** An Excel workbook. Cell style 1 is a date, 2 a percentage, 3 a custom date and time. */
export const makeXlsx = (sheets: readonly Sheet[], sharedStrings: readonly string[] = []): Uint8Array =>
  makeZip([
    { name: "_rels/.rels", content: relations([["r1", "officeDocument", "/xl/workbook.xml"]]) },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: relations([
        ["s", "sharedStrings", "sharedStrings.xml"],
        ["t", "styles", "styles.xml"],
        ...sheets.map((_, index) => [`r${index}`, "worksheet", `worksheets/sheet${index}.xml`] as const),
      ]),
    },
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns:r="r"><sheets>${sheets
        .map(
          ({ name, hidden }, index) =>
            `<sheet name="${name}" sheetId="${index + 1}" r:id="r${index}"${hidden ? ' state="hidden"' : ""}/>`,
        )
        .join("")}</sheets></workbook>`,
    },
    { name: "xl/sharedStrings.xml", content: `<sst>${sharedStrings.map((text) => `<si>${text}</si>`).join("")}</sst>` },
    {
      name: "xl/styles.xml",
      content: `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot; [$-804]hh:mm"/></numFmts>
        <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/></cellXfs></styleSheet>`,
    },
    ...sheets.map(({ rows }, index) => ({
      name: `xl/worksheets/sheet${index}.xml`,
      content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
    })),
  ]);
