import { describe, expect, it } from "vitest";
import type { Source } from "@/runtime/node/source";
import { numberedPassages, placeOf } from "./passages";

const source = (text: string, more: Partial<Source> = {}): Source => ({
  id: text,
  knowledgeBaseId: "kb",
  documentId: "d",
  documentName: "Manual.pdf",
  text,
  score: 1,
  start: 0,
  end: text.length,
  ...more,
});

describe("numbered passages", () => {
  it("say where each is from", () => {
    expect(numberedPassages([source("One.", { page: 12, heading: "A > B" }), source(" Two.\n")], 1000)).toBe(
      "[1] (Manual.pdf, p. 12, A > B)\nOne.\n\n[2] (Manual.pdf)\nTwo.",
    );
    expect(placeOf(source("x", { heading: "A" }))).toBe("Manual.pdf, A");
  });

  it("keep to the budget: the first is cut, a later one is left out with all after it", () => {
    const long = source("x".repeat(500));
    expect(numberedPassages([long], 100)).toHaveLength(100);
    const text = numberedPassages([source("One."), long, source("Three.")], 100);
    expect(text).toBe("[1] (Manual.pdf)\nOne.");
    expect(numberedPassages([], 100)).toBe("");
    // Half of a character is no text.
    expect(numberedPassages([source("🙂".repeat(80))], 50).isWellFormed()).toBe(true);
  });
});
