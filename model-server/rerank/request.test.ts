import { describe, expect, it } from "vitest";
import { MAX_DOCUMENT_CHARACTERS, MAX_DOCUMENTS, MAX_QUERY_CHARACTERS, parseRerankRequest } from "./request";

const parse = (change: object) => parseRerankRequest({ model: "m", query: "q", documents: ["a"], ...change });
const paramOf = (change: object) => {
  const parsed = parse(change);
  return parsed.ok ? undefined : parsed.error.param;
};

describe("parseRerankRequest", () => {
  it("takes texts and objects with one, and gives all of them back by default", () => {
    expect(parse({ documents: ["a", { text: "b" }] })).toMatchObject({ value: { documents: ["a", "b"], topN: 2 } });
    expect(parse({ top_n: 1 })).toMatchObject({ value: { topN: 1 } });
  });

  it("holds its bounds", () => {
    expect(paramOf({ documents: [] })).toBe("documents");
    expect(paramOf({ documents: Array(MAX_DOCUMENTS + 1).fill("a") })).toBe("documents");
    expect(paramOf({ documents: ["x".repeat(MAX_DOCUMENT_CHARACTERS + 1)] })).toMatch(/^documents/);
    expect(paramOf({ query: "" })).toBe("query");
    expect(paramOf({ query: "x".repeat(MAX_QUERY_CHARACTERS + 1) })).toBe("query");
    expect(paramOf({ top_n: 0 })).toBe("top_n");
  });
});
