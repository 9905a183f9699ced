import { z } from "zod";
import { parseDocument } from "@/runtime/graph/parse-document";
import type { Draft } from "./autosave";

/**
 * The last resort: unsaved work kept in the browser, one entry a pipeline and tab, so that two tabs never overwrite each
 * other's. Nothing here is needed as long as the server can be reached.
 */
const prefix = "pipewright.draft.";
const entry = z.object({
  baseRevision: z.int().min(0),
  at: z.number(),
  document: z.unknown(),
  sent: z.string().optional(),
});

export type DraftStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const keyOf = (pipeline: string, tab: string): string => `${prefix}${pipeline}.${tab}`;

/** False where the browser has no room or forbids it. */
export const keepDraft = (storage: DraftStorage, pipeline: string, tab: string, draft: Draft | null): boolean => {
  try {
    if (draft) storage.setItem(keyOf(pipeline, tab), JSON.stringify(draft));
    else storage.removeItem(keyOf(pipeline, tab));
    return true;
  } catch {
    return false;
  }
};

const read = (text: string | null): Draft | null => {
  if (text === null) return null;
  try {
    const parsed = entry.safeParse(JSON.parse(text));
    if (!parsed.success) return null;
    const document = parseDocument(parsed.data.document);
    const { baseRevision, at, sent } = parsed.data;
    return document.ok ? { baseRevision, at, document: document.value, ...(sent && { sent }) } : null;
  } catch {
    return null;
  }
};

export const readDraft = (storage: DraftStorage, pipeline: string, tab: string): Draft | null =>
  read(storage.getItem(keyOf(pipeline, tab)));

export interface LeftBehind {
  readonly tab: string;
  readonly draft: Draft;
}

/** Work of other tabs that was not saved for a while: their window was closed or broke. Newest first. */
export const draftsLeftBehind = (
  storage: DraftStorage,
  pipeline: string,
  tab: string,
  now: number,
  quietMs = 60_000,
): readonly LeftBehind[] => {
  const start = keyOf(pipeline, "");
  const found: LeftBehind[] = [];
  for (let index = 0; index < storage.length; index += 1) {
    const key = storage.key(index);
    if (!key?.startsWith(start) || key === keyOf(pipeline, tab)) continue;
    const draft = read(storage.getItem(key));
    if (draft && now - draft.at > quietMs) found.push({ tab: key.slice(start.length), draft });
  }
  return found.sort((a, b) => b.draft.at - a.draft.at);
};
