import type { DocumentWriter } from "./document-writer";
import { ParseError } from "./parse-failure";
import { parseLimits } from "./parse-limits";
import { attribute, mainPart, readRelations, readXml } from "./read-xml";
import { TableWriter } from "./table-writer";
import { type CellFormat, cellFormats, showNumber } from "./xlsx-formats";
import { openZip, type ZipFile } from "./zip-file";

/** An Excel workbook: every visible sheet is a heading and a table whose first row names the columns. */
export async function readXlsx(bytes: Uint8Array, writer: DocumentWriter): Promise<void> {
  const zip = await openZip(bytes);
  try {
    const main = await mainPart(zip, "xl/workbook.xml");
    const relations = await readRelations(zip, main);
    const partOf = (type: string) => [...relations.values()].find((relation) => relation.type === type)?.part;
    const workbook = await readWorkbook(zip, main);
    const strings = await sharedStrings(zip, partOf("sharedStrings") ?? "xl/sharedStrings.xml");
    const formats = await cellFormats(zip, partOf("styles") ?? "xl/styles.xml");
    for (const { name, relation } of workbook.sheets) {
      const part = relations.get(relation)?.part;
      // A chart sheet has no cells.
      if (!part || relations.get(relation)?.type !== "worksheet" || !zip.has(part)) continue;
      await readSheet(zip, part, name, { strings, formats, startsIn1904: workbook.startsIn1904 }, writer);
    }
  } finally {
    zip.close();
  }
}

interface Workbook {
  readonly sheets: { readonly name: string; readonly relation: string }[];
  startsIn1904: boolean;
}

async function readWorkbook(zip: ZipFile, part: string): Promise<Workbook> {
  const workbook: Workbook = { sheets: [], startsIn1904: false };
  await readXml(zip, part, {
    open: (name, attributes) => {
      if (name === "workbookPr") workbook.startsIn1904 = /^(?:1|true)$/.test(attribute(attributes, "date1904") ?? "");
      if (name !== "sheet" || /hidden/i.test(attribute(attributes, "state") ?? "")) return;
      workbook.sheets.push({
        name: attribute(attributes, "name") ?? "",
        // Not by the local name: a sheet has an id of its own beside that of its relation.
        relation: attributes["r:id"] ?? Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1] ?? "",
      });
    },
  });
  return workbook;
}

/** Texts that cells refer to by number; without the reading aids above Japanese ones. */
async function sharedStrings(zip: ZipFile, part: string): Promise<readonly string[]> {
  const strings: string[] = [];
  if (!zip.has(part)) return strings;
  let text = "";
  let inText = false;
  let inPhonetic = false;
  let together = 0;
  await readXml(zip, part, {
    open: (name) => {
      if (name === "si") text = "";
      else if (name === "rPh") inPhonetic = true;
      else if (name === "t") inText = true;
    },
    text: (piece) => {
      if (inText && !inPhonetic && text.length < parseLimits.cellLength) text += piece;
    },
    close: (name) => {
      if (name === "t") inText = false;
      else if (name === "rPh") inPhonetic = false;
      else if (name === "si") {
        together += text.length;
        if (together > parseLimits.characters) {
          throw new ParseError(
            "too-large",
            `The workbook holds more than ${parseLimits.characters} characters of text.`,
          );
        }
        strings.push(text);
      }
    },
  });
  return strings;
}

interface Book {
  readonly strings: readonly string[];
  readonly formats: readonly CellFormat[];
  readonly startsIn1904: boolean;
}

/** Thrown to leave the stream of a sheet whose rest is not wanted. */
const enough = new Error("The table is full.");

async function readSheet(zip: ZipFile, part: string, name: string, book: Book, writer: DocumentWriter): Promise<void> {
  let table: TableWriter | undefined;
  let cells: string[] = [];
  let line = 0;
  let column = 0;
  let cell = { type: "n", style: 0, value: "" };
  let reading = false;
  const show = (): string => {
    switch (cell.type) {
      case "s":
        return book.strings[Number(cell.value)] ?? "";
      case "b":
        return cell.value === "1" ? "TRUE" : "FALSE";
      case "n":
        return showNumber(cell.value, book.formats[cell.style] ?? "plain", book.startsIn1904);
      default:
        return cell.value;
    }
  };
  try {
    await readXml(zip, part, {
      open: (element, attributes) => {
        if (element === "row") {
          cells = [];
          column = 0;
          line = Number(attributes.r) || line + 1;
        } else if (element === "c") {
          column = columnOf(attributes.r) ?? column;
          cell = { type: attributes.t ?? "n", style: Number(attributes.s ?? 0), value: "" };
        } else reading = element === "v" || element === "t";
      },
      text: (text) => {
        if (reading && cell.value.length < parseLimits.cellLength) cell.value += text;
      },
      close: (element) => {
        if (element === "v" || element === "t") reading = false;
        else if (element === "c") {
          // One beyond the bound is kept, for the table to notice.
          if (cell.value !== "" && column <= parseLimits.tableColumns) {
            while (cells.length < column) cells.push("");
            cells[column] = show();
          }
          column++;
        } else if (element === "row" && cells.length > 0) {
          if (!table) {
            writer.heading(name, 1);
            table = new TableWriter(writer, name);
          }
          if (!table.row(cells, line)) throw enough;
        }
      },
    });
  } catch (error) {
    if (error !== enough) throw error;
  }
  table?.finish();
}

/** "AB12" -> 27. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? "")?.[1];
  if (!letters) return undefined;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
