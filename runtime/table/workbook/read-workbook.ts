import { ParseError } from "@/runtime/knowledge/parse/parse-failure";
import { parseLimits } from "@/runtime/knowledge/parse/parse-limits";
import { attribute, mainPart, readRelations, readXml } from "@/runtime/knowledge/parse/read-xml";
import { openZip, type ZipFile } from "@/runtime/knowledge/parse/zip-file";
import type { Grid, GridLimits, WarnOfTable } from "../grid";
import { formatCodes } from "./number-formats";
import { readSheet } from "./read-sheet";
import { sharedStrings } from "./shared-strings";

/** What cells refer to. */
export interface Book {
  readonly strings: readonly string[];
  readonly formats: readonly string[];
  readonly startsIn1904: boolean;
}

const mostSheets = 200;

/** The visible sheets of an Excel workbook, cells as they are shown there, merged ones repeated, formulas that nobody reckoned as they are written. */
export async function readWorkbook(bytes: Uint8Array, limits: GridLimits, warn: WarnOfTable): Promise<Grid[]> {
  const zip = await openZip(bytes);
  try {
    const main = await mainPart(zip, "xl/workbook.xml");
    const relations = await readRelations(zip, main);
    const partOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.part;
    const { sheets, startsIn1904 } = await readOutline(zip, main);
    const book: Book = {
      strings: await sharedStrings(zip, partOf("sharedStrings") ?? "xl/sharedStrings.xml"),
      formats: await formatCodes(zip, partOf("styles") ?? "xl/styles.xml"),
      startsIn1904,
    };
    const grids: Grid[] = [];
    let characters = 0;
    for (const { name, relation } of sheets.slice(0, mostSheets)) {
      const part = relations.get(relation)?.part;
      // A chart sheet has no cells.
      if (!part || relations.get(relation)?.type !== "worksheet" || !zip.has(part)) continue;
      const rows = await readSheet(
        zip,
        part,
        book,
        limits,
        (length) => {
          characters += length;
          if (characters > parseLimits.characters * 2) {
            throw new ParseError(
              "too-large",
              `The workbook holds more than ${parseLimits.characters * 2} characters of text.`,
            );
          }
        },
        warn,
      );
      if (rows.length > 0) grids.push({ name, rows });
    }
    if (sheets.length > mostSheets) {
      warn({ code: "table-cut", message: `Sheets after the first ${mostSheets} were left out.`, line: 1 });
    }
    return grids;
  } finally {
    zip.close();
  }
}

interface Outline {
  readonly sheets: { readonly name: string; readonly relation: string }[];
  startsIn1904: boolean;
}

async function readOutline(zip: ZipFile, part: string): Promise<Outline> {
  const outline: Outline = { sheets: [], startsIn1904: false };
  await readXml(zip, part, {
    open: (name, attributes) => {
      if (name === "workbookPr") outline.startsIn1904 = /^(?:1|true)$/.test(attribute(attributes, "date1904") ?? "");
      if (name !== "sheet" || /hidden/i.test(attribute(attributes, "state") ?? "")) return;
      outline.sheets.push({
        name: attribute(attributes, "name") ?? "",
        // Not by the local name: a sheet has an id of its own beside that of its relation.
        relation: attributes["r:id"] ?? Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1] ?? "",
      });
    },
  });
  return outline;
}
