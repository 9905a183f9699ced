import { fail, type Result } from "@/runtime/graph/result";
import { checkSize } from "./check-size";
import type { DocumentFile } from "./document-file";
import { ParseError, type ParseFailure } from "./parse-failure";
import { type ParseOptions, ParseWorkers } from "./parse-in-worker";
import type { ParsedDocument } from "./parsed-document";

/** In development a changed module is loaded again; the processes that it started are still there. */
const shared = globalThis as typeof globalThis & { pipewrightParseWorkers?: ParseWorkers };

/** The processes that the app reads files with. */
export const parseWorkers = (): ParseWorkers => {
  shared.pipewrightParseWorkers ??= new ParseWorkers(process.cwd());
  return shared.pipewrightParseWorkers;
};

/**
 * Reads a .txt, .md, .html, .pdf, .docx, .csv or .xlsx file into plain text with an outline, in a process of its own, so that no
 * file can take the app down. `readImageText` is asked for the text of scanned pages, one at a time; what it throws is thrown on.
 */
export async function parseDocument({
  name,
  mediaType,
  bytes,
  ...options
}: DocumentFile & ParseOptions): Promise<Result<ParsedDocument, ParseFailure>> {
  try {
    checkSize(bytes.length);
  } catch (error) {
    if (error instanceof ParseError) return fail({ code: error.code, message: error.message });
    throw error;
  }
  return parseWorkers().parse({ name, mediaType, bytes }, options);
}
