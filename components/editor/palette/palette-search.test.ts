import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { groupByCategory, searchNodes } from "./palette-search";

const found = (query: string) => searchNodes(catalog.nodes, query).map(({ type }) => type);

describe("searchNodes", () => {
  it("finds by title, keyword and summary, in both languages and any case", () => {
    expect(found("PROMPT")[0]).toBe("prompt/chat");
    expect(found("llm")).toContain("prompt/chat");
    expect(found("大模型")).toContain("prompt/chat");
    expect(found("分支")).toContain("flow/branch");
  });
  it.each([
    ["translate", "prompt/chat"],
    ["summary", "prompt/chat"],
    ["翻译", "prompt/chat"],
    ["if", "flow/branch"],
    ["如果", "flow/branch"],
    ["excel", "data/table"],
    ["loop", "data/table"],
    ["循环", "data/table"],
    ["pdf", "retrieval/search"],
    ["classify", "classifier/examples"],
    ["gdpr", "safety/check"],
    ["ocr", "vision/describe"],
  ])("finds by what is meant to be done: %s", (intent, type) => {
    expect(found(intent).slice(0, 4)).toContain(type);
  });
  it("puts titles before keywords, and wants every word", () => {
    expect(found("merge")[0]).toBe("flow/merge");
    expect(found("classify examples")).toEqual(["classifier/examples"]);
    expect(found("classify nonsense")).toEqual([]);
  });
  it("gives everything for an empty query", () => {
    expect(found("  ")).toHaveLength(catalog.nodes.length);
  });
});

describe("groupByCategory", () => {
  it("holds every node once and no empty group", () => {
    const groups = groupByCategory(catalog.nodes);
    expect(groups.flatMap(({ nodes }) => nodes)).toHaveLength(catalog.nodes.length);
    expect(groups.every(({ nodes }) => nodes.length > 0)).toBe(true);
  });
});
