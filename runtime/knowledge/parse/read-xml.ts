import { Parser } from "htmlparser2";
import { ParseError } from "./parse-failure";
import type { ZipFile } from "./zip-file";

export type Attributes = Readonly<Record<string, string>>;

export interface XmlHandler {
  /** `name` without its namespace's prefix; attributes keep theirs. */
  readonly open?: (name: string, attributes: Attributes) => void;
  readonly text?: (text: string) => void;
  readonly close?: (name: string) => void;
}

const depthLimit = 256;

/**
 * Reads one part of an Office file as a stream. Only the five entities of XML and character references are resolved: none that a
 * document type defines, so nothing expands.
 */
export async function readXml(zip: ZipFile, part: string, handler: XmlHandler): Promise<void> {
  let depth = 0;
  let elements = 0;
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        elements++;
        if (++depth > depthLimit) throw new ParseError("broken", `The file is damaged: ${part} is nested too deep.`);
        handler.open?.(local(name), attributes);
      },
      ontext: (text) => handler.text?.(text),
      onclosetag: (name) => {
        depth--;
        handler.close?.(local(name));
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  let decoder: TextDecoder | undefined;
  for await (const piece of zip.read(part)) {
    decoder ??= new TextDecoder(encodingOf(piece));
    parser.write(decoder.decode(piece, { stream: true }));
  }
  if (decoder) parser.write(decoder.decode());
  parser.end();
  if (elements === 0) throw new ParseError("broken", `The file is damaged: ${part} is not readable.`);
}

/** Office writes UTF-8; the standard allows UTF-16 as well. */
const encodingOf = ([first, second]: Uint8Array): string =>
  first === 0xfe && second === 0xff ? "utf-16be" : first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";

const local = (name: string): string => name.slice(name.indexOf(":") + 1);

/** An attribute by its local name, whatever prefix the file has chosen. */
export const attribute = (attributes: Attributes, name: string): string | undefined => {
  if (attributes[name] !== undefined) return attributes[name];
  const key = Object.keys(attributes).find((prefixed) => prefixed.endsWith(`:${name}`));
  return key === undefined ? undefined : attributes[key];
};

/** A part's relations: id -> the part it points to, resolved against the part's folder. */
export async function readRelations(
  zip: ZipFile,
  part: string,
): Promise<ReadonlyMap<string, { type: string; part: string }>> {
  const folder = part.slice(0, part.lastIndexOf("/") + 1);
  const relations = new Map<string, { type: string; part: string }>();
  const from = `${folder}_rels/${part.slice(folder.length)}.rels`;
  if (!zip.has(from)) return relations;
  await readXml(zip, from, {
    open: (name, { Id, Type, Target, TargetMode }) => {
      if (name !== "Relationship" || !Id || !Target || TargetMode === "External") return;
      relations.set(Id, { type: Type?.split("/").at(-1) ?? "", part: resolve(folder, Target) });
    },
  });
  return relations;
}

function resolve(folder: string, target: string): string {
  const steps: string[] = [];
  for (const step of (target.startsWith("/") ? target : folder + target).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps.join("/");
}

/** The part that an Office file's package names as its main one. */
export async function mainPart(zip: ZipFile, usual: string): Promise<string> {
  const relations = await readRelations(zip, "");
  const named = [...relations.values()].find(({ type }) => type === "officeDocument")?.part;
  return named !== undefined && zip.has(named) ? named : usual;
}
