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
  /** Its window was closed over it: nobody works on it any more. */
  closed: z.boolean().optional(),
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

/** Says that the window over this work is closed, or, where it came back from the browser's cache, open again. */
export const markClosed = (storage: DraftStorage, pipeline: string, tab: string, closed: boolean): void => {
  try {
    const text = storage.getItem(keyOf(pipeline, tab));
    if (text !== null) storage.setItem(keyOf(pipeline, tab), JSON.stringify({ ...JSON.parse(text), closed }));
  } catch {
    // No room, or no JSON: it is found after a while all the same.
  }
};

/**
 * What was typed before a window closed, where nobody has saved since: it becomes this tab's own, and comes back at once. null where there is none, or where
 * it would be put over somebody's newer work.
 */
export const takeClosedDraft = (
  storage: DraftStorage,
  pipeline: string,
  tab: string,
  revision: number,
): Draft | null => {
  const found = draftsLeftBehind(storage, pipeline, tab, 0).find(
    ({ isClosed, draft }) => isClosed && draft.baseRevision === revision,
  );
  if (found === undefined || !keepDraft(storage, pipeline, tab, found.draft)) return null;
  keepDraft(storage, pipeline, found.tab, null);
  return found.draft;
};

export const readDraft = (storage: DraftStorage, pipeline: string, tab: string): Draft | null =>
  read(storage.getItem(keyOf(pipeline, tab)));

export interface LeftBehind {
  readonly tab: string;
  readonly draft: Draft;
  /** Its window was closed, and said so. */
  readonly isClosed: boolean;
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
    const text = storage.getItem(key);
    const draft = read(text);
    const isClosed = draft !== null && text !== null && JSON.parse(text).closed === true;
    if (draft && (isClosed || now - draft.at > quietMs)) found.push({ tab: key.slice(start.length), draft, isClosed });
  }
  return found.sort((a, b) => b.draft.at - a.draft.at);
};
