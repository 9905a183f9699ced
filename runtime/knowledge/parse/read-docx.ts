import { DocumentWriter } from "./document-writer";
import { chartText, diagramText } from "./docx-chart";
import { Numbering } from "./docx-numbering";
import { type WordContext, WordReader } from "./docx-reader";
import { wordStyles } from "./docx-styles";
import { attribute, mainPart, readRelations, readXml, type XmlHandler } from "./read-xml";
import { openZip, type ZipFile } from "./zip-file";

/**
 * A Word document: headings by style or outline level, lists with their numbers, tables whose rows name their columns, notes and
 * comments below the paragraph that they belong to, equations, headers and footers once.
 */
export async function readDocx(bytes: Uint8Array, writer: DocumentWriter): Promise<void> {
  const zip = await openZip(bytes);
  try {
    const main = await mainPart(zip, "word/document.xml");
    const relations = await readRelations(zip, main);
    const all = [...relations.values()];
    const partOf = (type: string) => all.find((relation) => relation.type === type)?.part;
    const styles = await wordStyles(zip, partOf("styles") ?? "word/styles.xml");
    const numbering = await Numbering.read(zip, partOf("numbering"));
    const bare: WordContext = { styles, numbering, ...nothing };
    const notes = (type: string, element: string) => readNotes(zip, partOf(type), element, bare, writer);
    const context: WordContext = {
      ...bare,
      footnotes: await notes("footnotes", "footnote"),
      endnotes: await notes("endnotes", "endnote"),
      comments: await notes("comments", "comment"),
      drawings: await readDrawings(zip, relations),
    };
    const around = (type: string) =>
      readAround(
        zip,
        all.filter((relation) => relation.type === type).map(({ part }) => part),
        bare,
        writer,
      );
    for (const header of await around("header")) writer.paragraph(header);
    await readXml(zip, main, new WordReader(writer, context));
    for (const footer of await around("footer")) writer.paragraph(footer);
    writer.endParagraph();
  } finally {
    zip.close();
  }
}

const nothing = { footnotes: new Map(), endnotes: new Map(), comments: new Map(), drawings: new Map() } as const;

/** The texts of a part's notes by their ids; those of comments with who wrote them. Lines between notes are none. */
async function readNotes(
  zip: ZipFile,
  part: string | undefined,
  element: string,
  context: WordContext,
  into: DocumentWriter,
): Promise<ReadonlyMap<string, string>> {
  const notes = new Map<string, string>();
  if (!part || !zip.has(part)) return notes;
  let open: { id: string; author: string | undefined; writer: DocumentWriter; reader: XmlHandler } | undefined;
  await readXml(zip, part, {
    open: (name, attributes) => {
      if (name !== element || open) {
        open?.reader.open?.(name, attributes);
        return;
      }
      const type = attribute(attributes, "type");
      if (type !== undefined && type !== "normal") return;
      const writer = new DocumentWriter();
      open = {
        id: attribute(attributes, "id") ?? "",
        author: attribute(attributes, "author"),
        writer,
        reader: new WordReader(writer, context),
      };
    },
    text: (text) => open?.reader.text?.(text),
    close: (name) => {
      if (name !== element) {
        open?.reader.close?.(name);
        return;
      }
      if (!open) return;
      const { text, warnings } = open.writer.finish();
      const line = text.replace(/\s+/g, " ").trim();
      for (const { code, message } of warnings) into.warn(code, message);
      if (line !== "")
        notes.set(open.id, element === "comment" ? `[${open.author ? `${open.author}: ` : ""}${line}]` : line);
      open = undefined;
    },
  });
  return notes;
}

/** What stands above or below all pages, each text once. Numbers of pages and single words about them are left out. */
async function readAround(
  zip: ZipFile,
  parts: readonly string[],
  context: WordContext,
  into: DocumentWriter,
): Promise<readonly string[]> {
  const texts = new Set<string>();
  for (const part of parts.slice(0, 30)) {
    if (!zip.has(part)) continue;
    const writer = new DocumentWriter();
    await readXml(zip, part, new WordReader(writer, context));
    const { text, warnings } = writer.finish();
    for (const { code, message } of warnings) into.warn(code, message);
    const shown = text
      .split("\n")
      .map((line) => line.replace(/\s+/g, " ").trim())
      .filter((line) =>
        /[\p{L}\p{N}]/u.test(line.replace(/\b(?:page|of|seite|von|página|de|sur)\b|第|页|頁|共/giu, "")),
      )
      .join("\n");
    if (shown !== "") texts.add(shown);
  }
  return [...texts];
}

async function readDrawings(
  zip: ZipFile,
  relations: ReadonlyMap<string, { readonly type: string; readonly part: string }>,
): Promise<ReadonlyMap<string, string>> {
  const drawings = new Map<string, string>();
  for (const [id, { type, part }] of relations) {
    if (drawings.size > 200 || !zip.has(part)) continue;
    if (type === "chart") drawings.set(id, await chartText(zip, part));
    else if (type === "diagramData") drawings.set(id, await diagramText(zip, part));
  }
  return drawings;
}
