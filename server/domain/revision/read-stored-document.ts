import type { GraphDocument } from "@/runtime/graph/document";
import { parseDocument } from "@/runtime/graph/parse-document";

/** A document out of the database. It was checked on its way in, so one that cannot be read is a fault of ours. */
export const readStoredDocument = (stored: unknown): GraphDocument => {
  const parsed = parseDocument(stored);
  if (parsed.ok) return parsed.value;
  throw new Error(`a stored pipeline cannot be read: ${parsed.error[0]?.message}`);
};
