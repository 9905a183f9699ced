import { describe, expect, it } from "vitest";
import { emptyDocument } from "@/runtime/graph/document";
import { type DraftStorage, draftsLeftBehind, keepDraft, markClosed, readDraft, takeClosedDraft } from "./draft-keeper";

const memory = (): DraftStorage => {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    key: (index) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
};
const draft = (at: number) => ({ baseRevision: 3, document: emptyDocument, at });

describe("drafts in the browser", () => {
  it("gives back what was kept, and nothing once it is forgotten", () => {
    const storage = memory();
    keepDraft(storage, "p", "t", draft(1));
    expect(readDraft(storage, "p", "t")).toEqual(draft(1));
    expect(readDraft(storage, "p", "other")).toBeNull();
    keepDraft(storage, "p", "t", null);
    expect(readDraft(storage, "p", "t")).toBeNull();
  });

  it("finds what other tabs left behind, but not what one of them is working on", () => {
    const storage = memory();
    keepDraft(storage, "p", "mine", draft(0));
    keepDraft(storage, "p", "gone", draft(1000));
    keepDraft(storage, "p", "busy", draft(95_000));
    keepDraft(storage, "another", "gone", draft(1000));
    expect(draftsLeftBehind(storage, "p", "mine", 100_000).map(({ tab }) => tab)).toEqual(["gone"]);
  });

  it("gives back at once what was typed before a window closed, and once only", () => {
    const storage = memory();
    keepDraft(storage, "p", "gone", draft(99_000));
    expect(takeClosedDraft(storage, "p", "mine", 3)).toBeNull();
    markClosed(storage, "p", "gone", true);
    expect(takeClosedDraft(storage, "p", "mine", 3)).toEqual(draft(99_000));
    expect(readDraft(storage, "p", "mine")).toEqual(draft(99_000));
    expect(takeClosedDraft(storage, "p", "another", 3)).toBeNull();
  });

  it("puts nothing of a closed window over what somebody has saved since, and nothing of one that came back", () => {
    const storage = memory();
    keepDraft(storage, "p", "gone", draft(99_000));
    markClosed(storage, "p", "gone", true);
    expect(takeClosedDraft(storage, "p", "mine", 4)).toBeNull();
    expect(draftsLeftBehind(storage, "p", "mine", 100_000)).toHaveLength(1);
    markClosed(storage, "p", "gone", false);
    expect(takeClosedDraft(storage, "p", "mine", 3)).toBeNull();
    markClosed(storage, "p", "nothing", true);
    expect(readDraft(storage, "p", "nothing")).toBeNull();
  });

  it.each(["{", "[]", '{"baseRevision":1,"at":1,"document":{"nodes":5}}'])("ignores rubbish: %s", (text) => {
    const storage = memory();
    storage.setItem("pipewright.draft.p.t", text);
    expect(readDraft(storage, "p", "t")).toBeNull();
  });

  it("says when there is no room", () => {
    const full: DraftStorage = {
      ...memory(),
      setItem: () => {
        throw new Error("full");
      },
    };
    expect(keepDraft(full, "p", "t", draft(1))).toBe(false);
  });
});
