import { z } from "zod";
import type { PortKind } from "./port";
import { type Source, source } from "./source";

/** What an input takes besides its own kind. Text is written out the way a person would; a picture or a recording is a file too. */
const taken: Readonly<Partial<Record<PortKind, ReadonlySet<PortKind>>>> = {
  text: new Set(["number", "boolean", "json", "documents"]),
  json: new Set(["image", "audio", "file", "documents"]),
  file: new Set(["image", "audio"]),
};

/** Whether a wire from an output of kind `from` may end in an input of kind `to`. */
export const canConnect = (from: PortKind, to: PortKind): boolean =>
  from === to || from === "any" || to === "any" || taken[to]?.has(from) === true;

/** Carries a value across a wire that `canConnect` allowed. Anything that is not turned into text passes as it is. */
export const convert = (value: unknown, to: PortKind): unknown => {
  if (to !== "text" || typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (Array.isArray(value) && value.length > 0) {
    const passages = z.array(source).safeParse(value);
    if (passages.success) return writePassages(passages.data);
  }
  return value === undefined ? value : JSON.stringify(value, null, 2);
};

/** Numbered from 1, so that an answer can name its sources: `[1] Handbook.pdf, page 3, Warranty` and the passage below. */
const writePassages = (sources: readonly Source[]): string =>
  sources
    .map(({ documentName, page, heading, text }, index) => {
      const place = [documentName, ...(page === undefined ? [] : [`page ${page}`]), ...(heading ? [heading] : [])];
      return `[${index + 1}] ${place.join(", ")}\n${text}`;
    })
    .join("\n\n");
