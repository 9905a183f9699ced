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

/** What of a workbook is no table: sheets that are not shown, and files, text boxes, charts and comments on those that are. */
export type LeftOutOfWorkbook = "hidden-sheet" | "embedded";

/** The visible sheets of an Excel workbook, cells as they are shown there, merged ones repeated, formulas that nobody reckoned as they are written. */
export async function readWorkbook(
  bytes: Uint8Array,
  limits: GridLimits,
  warn: WarnOfTable,
  leave: (what: LeftOutOfWorkbook) => void = () => {},
): Promise<Grid[]> {
  const zip = await openZip(bytes);
  try {
    const main = await mainPart(zip, "xl/workbook.xml");
    const relations = await readRelations(zip, main);
    const partOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.part;
    const { sheets, hiddenSheets, startsIn1904 } = await readOutline(zip, main);
    if (hiddenSheets > 0) leave("hidden-sheet");
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
      if (await holdsMore(zip, part)) leave("embedded");
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
  hiddenSheets: number;
  startsIn1904: boolean;
}

async function readOutline(zip: ZipFile, part: string): Promise<Outline> {
  const outline: Outline = { sheets: [], hiddenSheets: 0, startsIn1904: false };
  await readXml(zip, part, {
    open: (name, attributes) => {
      if (name === "workbookPr") outline.startsIn1904 = /^(?:1|true)$/.test(attribute(attributes, "date1904") ?? "");
      if (name !== "sheet") return;
      if (/hidden/i.test(attribute(attributes, "state") ?? "")) {
        outline.hiddenSheets += 1;
        return;
      }
      outline.sheets.push({
        name: attribute(attributes, "name") ?? "",
        // Not by the local name: a sheet has an id of its own beside that of its relation.
        relation: attributes["r:id"] ?? Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1] ?? "",
      });
    },
  });
  return outline;
}

const embedded = new Set(["oleObject", "package", "comments", "threadedComment"]);

/** Whether something stands on a sheet beside its cells: a file, comments, a chart or words in a box. A picture says nothing by itself. */
async function holdsMore(zip: ZipFile, sheet: string): Promise<boolean> {
  const relations = [...(await readRelations(zip, sheet)).values()];
  if (relations.some(({ type, part }) => embedded.has(type) && zip.has(part))) return true;
  for (const { type, part } of relations) {
    if (type !== "drawing" || !zip.has(part)) continue;
    let [found, inText] = [false, false];
    await readXml(zip, part, {
      open: (name) => {
        inText = name === "t";
        found ||= name === "graphicFrame";
      },
      text: (text) => {
        found ||= inText && text.trim() !== "";
      },
      close: () => {
        inText = false;
      },
    });
    if (found) return true;
  }
  return false;
}
