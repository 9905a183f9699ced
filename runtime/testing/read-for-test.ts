import { ParseError } from "@/runtime/knowledge/parse/parse-failure";
import type { ParsedDocument } from "@/runtime/knowledge/parse/parsed-document";
import { type ReadOptions, readDocument } from "@/runtime/knowledge/parse/read-document";

type Content = string | Uint8Array;

/** Reads a file in the test's own process. */
export const readFile = (name: string, content: Content, options: Partial<ReadOptions> = {}): Promise<ParsedDocument> =>
  readDocument(
    { name, mediaType: "application/octet-stream", bytes: Buffer.from(content as Uint8Array) },
    { progress: () => {}, ...options },
  );

/** The code of the refusal; the document's text where there is none, so that a failing test shows it. */
export const refusalOf = async (name: string, content: Content): Promise<string> => {
  try {
    return (await readFile(name, content)).text;
  } catch (error) {
    if (error instanceof ParseError) return error.code;
    throw error;
  }
};
