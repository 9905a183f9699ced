import { describe, expect, test } from "vitest";
import { layOutPiece, type Marks, within } from "./lay-out-piece";

const text = "Chapter 1\nThe pump is blue.\nIt runs daily.\n";
const piece = { start: 100, end: 100 + text.length, text };
const none: Marks = { pages: [], headings: [], cited: null, chunks: [] };
const lines = (marks: Partial<Marks>) =>
  layOutPiece(piece, { ...none, ...marks }).filter((block) => block.kind === "line");

describe("layOutPiece", () => {
  test("gives lines at their places, with no empty one for the break at the end", () => {
    expect(lines({}).map(({ at, spans }) => [at, spans.map((span) => span.text).join("")])).toEqual([
      [100, "Chapter 1"],
      [110, "The pump is blue."],
      [128, "It runs daily."],
    ]);
  });

  test("puts a page's border before its first line, and knows headings", () => {
    const blocks = layOutPiece(piece, {
      ...none,
      pages: [
        { start: 100, page: 3 },
        { start: 128, page: 4 },
      ],
      headings: [{ start: 100, level: 2 }],
    });
    expect(blocks.map((block) => (block.kind === "page" ? `page ${block.page}` : block.level))).toEqual([
      "page 3",
      2,
      null,
      "page 4",
      null,
    ]);
  });

  test("marks exactly the cited characters, over several lines", () => {
    const cited = { start: 114, end: 131 };
    const marked = lines({ cited })
      .flatMap(({ spans }) => spans)
      .filter((span) => span.cited);
    expect(marked.map((span) => span.text)).toEqual(["pump is blue.", "It "]);
    expect(lines({ cited }).map(({ spans }) => spans.map((span) => span.text).join(""))).toEqual(
      lines({}).map(({ spans }) => spans.map((span) => span.text).join("")),
    );
  });

  test("shows where chunks begin and what two of them share", () => {
    const spans = lines({
      chunks: [
        { start: 0, end: 118, position: 6 },
        { start: 114, end: 400, position: 7 },
      ],
    }).flatMap((line) => line.spans);
    expect(spans.filter(({ begins }) => begins.length > 0).map(({ at, begins }) => [at, begins])).toEqual([[114, [8]]]);
    expect(spans.filter(({ shared }) => shared).map((span) => span.text)).toEqual(["pump"]);
  });
});

test("within finds a range of a sorted list", () => {
  const sorted = [1, 3, 3, 7, 9].map((start) => ({ start }));
  expect(within(sorted, 3, 9).map(({ start }) => start)).toEqual([3, 3, 7]);
  expect(within(sorted, 10, 20)).toEqual([]);
});
