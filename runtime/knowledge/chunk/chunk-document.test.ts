import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OutlineEntry, Table } from "../parse/parsed-document";
import type { Chunk } from "./chunk";
import { chunkDocument } from "./chunk-document";
import type { ChunkSettings } from "./chunk-settings";
import { estimateTokens } from "./estimate-tokens";

const plain = (text: string) => ({ text, outline: [] });
const settings = (given: Partial<ChunkSettings> = {}): ChunkSettings => ({
  by: "structure",
  size: 1000,
  overlap: 200,
  ...given,
});
const texts = (chunks: readonly Chunk[]) => chunks.map(({ text }) => text);

const pieces = fc.oneof(
  fc.constantFrom(
    "word ",
    "A sentence ends here. ",
    "\n",
    "\n\n",
    "\r\n",
    "一句话。",
    "中文，",
    "数据",
    "  ",
    "3.14 ",
    "Mr. Li ",
  ),
  fc.constantFrom("👩‍👩‍👧", "é", "e\u0301", "𠮷", "🇨🇳", "한국", "ไทย", " \u0301", "\u0301"),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const anyText = fc.array(pieces, { maxLength: 300 }).map((parts) => parts.join(""));
const anySettings = fc.record({
  by: fc.constantFrom("structure", "token", "heading", "row" as const),
  size: fc.integer({ min: 50, max: 400 }),
  overlap: fc.integer({ min: 0, max: 400 }),
});
/** A text with headings, and lines of it as rows of a table. */
const anyDocument = fc
  .tuple(fc.array(fc.record({ heading: fc.boolean(), row: fc.boolean(), text: anyText }), { maxLength: 8 }))
  .map(([parts]) => {
    let text = "";
    const outline: OutlineEntry[] = [];
    const rows: Table["rows"][number][] = [];
    for (const part of parts) {
      if (part.heading) {
        outline.push({ kind: "heading", title: "Title", level: 1, start: text.length });
        text += "Title\n\n";
      }
      const body = part.row ? `x${part.text.replace(/[\r\n]/g, " ")}x` : part.text;
      if (part.row) rows.push({ start: text.length, end: text.length + body.length, values: ["x"] });
      text += `${body}\n`;
    }
    return { text, outline, tables: [{ columns: ["Column"], rows }] };
  });

describe("a row of a table that is longer than a passage", () => {
  const duty = "A sentence of the duty. ".repeat(30).trim();
  const values = ["4.2", duty, "Legal", "Yes"];
  const columns = ["Clause", "Text", "Owner", "Signed"];
  const row = columns.map((column, place) => `${column}: ${values[place]}`).join(" | ");
  const document = {
    text: `Terms\n\n${row}\nEnd of the terms.`,
    outline: [{ kind: "heading" as const, title: "Terms", level: 1, start: 0 }],
    tables: [{ columns, rows: [{ start: 7, end: 7 + row.length, values }] }],
  };

  it.each(["structure", "token", "row"] as const)("names in every piece what it is of, cut by %s", (by) => {
    const size = by === "token" ? 50 : 120;
    const chunks = chunkDocument(document, settings({ by, size, overlap: 0 }));
    const within = chunks.filter(({ start }) => start > 7 && start < document.text.indexOf(" | Owner"));
    expect(within.length).toBeGreaterThan(1);
    for (const { heading, text } of within) {
      expect(heading).toBe("Terms > Clause: 4.2 | Text: …");
      expect(text).toContain("sentence");
    }
  });

  it("says no more of it than is short", () => {
    const wide = [...Array(40).keys()].map((place) => `Column ${place}`);
    const cells = wide.map((_, place) => (place === 39 ? duty : "x".repeat(place === 3 ? 61 : 20)));
    const text = wide.map((column, place) => `${column}: ${cells[place]}`).join(" | ");
    const tables = [{ columns: wide, rows: [{ start: 0, end: text.length, values: cells }] }];
    const last = chunkDocument({ text, outline: [], tables }, settings({ size: 120, overlap: 0 })).at(-1);
    expect(last?.heading?.length).toBeLessThanOrEqual(150);
    expect(last?.heading).toMatch(/ \| Column 39: …$/);
  });
});

describe("whatever the document", () => {
  it("covers the text in order, but for white space, and says exactly where", () => {
    fc.assert(
      fc.property(anyDocument, anySettings, (document, given) => {
        let reached = 0;
        let before = -1;
        chunkDocument(document, given).forEach((chunk, index) => {
          expect(chunk.position).toBe(index);
          expect(chunk.text).toBe(document.text.slice(chunk.start, chunk.end));
          expect(chunk.start).toBeGreaterThan(before);
          expect(chunk.end).toBeGreaterThan(reached);
          expect(document.text.slice(reached, chunk.start).trim()).toBe("");
          before = chunk.start;
          reached = chunk.end;
        });
        expect(document.text.slice(reached).trim()).toBe("");
      }),
      { numRuns: 300 },
    );
  });

  it("keeps size and overlap within what is asked, in characters or in tokens", () => {
    fc.assert(
      fc.property(anyDocument, anySettings, (document, given) => {
        const measure = given.by === "token" ? estimateTokens : (text: string) => text.length;
        let reached = 0;
        for (const chunk of chunkDocument(document, given)) {
          expect(measure(chunk.text)).toBeLessThanOrEqual(given.size);
          const repeated = document.text.slice(chunk.start, Math.max(chunk.start, reached));
          expect(measure(repeated)).toBeLessThanOrEqual(Math.min(given.overlap, given.size / 2));
          reached = chunk.end;
        }
      }),
      { numRuns: 300 },
    );
  });

  it("cuts no sign: no surrogate pair, no letter from its accents, no joined emoji", () => {
    const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
    fc.assert(
      fc.property(anyText, anySettings, (text, given) => {
        const borders = new Set([text.length, ...[...segmenter.segment(text)].map(({ index }) => index)]);
        for (const { start, end } of chunkDocument(plain(text), given)) {
          expect(borders.has(start)).toBe(true);
          expect(borders.has(end)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("makes no more chunks than half-new pieces need, however long the overlap", () => {
    const text = "ab cd. ".repeat(20_000);
    expect(chunkDocument(plain(text), settings({ size: 100, overlap: 4000 })).length).toBeLessThan(
      (text.length / 50) * 1.3,
    );
  });

  it("bounds a sign of a million accents too, without parting a surrogate pair", () => {
    const text = `e${"\u0301".repeat(100_000)}${"𠮷\u{e0100}".repeat(1000)}`;
    const chunks = chunkDocument(plain(text), settings({ size: 101, overlap: 0 }));
    expect(chunks.every((chunk) => chunk.text.length <= 101 && chunk.text.isWellFormed())).toBe(true);
  });
});

describe("where it cuts", () => {
  it("prefers the end of a sentence in English, and knows abbreviations and decimals", () => {
    const sentences = [
      "Dr. Smith paid 3.50 dollars to Mr. Li for the lamp.",
      "He said it was cheap!",
      "The U.S. model costs more (see Fig. 3 on p. 12).",
      "Nobody knows why.",
    ];
    const chunks = chunkDocument(plain(sentences.join(" ")), settings({ size: 80, overlap: 0 }));
    expect(texts(chunks)).toEqual([`${sentences[0]} ${sentences[1]}`, `${sentences[2]} ${sentences[3]}`]);
  });

  it("prefers the end of a sentence in Chinese, with its closing quotes", () => {
    const text = `他说：“今天的天气非常好，我们应该出去走走。”${"她却想留在家里看书，因为外面的风很大！"}这让人为难。${"最后他们决定先吃午饭再说，下午看情况。"}`;
    const chunks = chunkDocument(plain(text), settings({ size: 50, overlap: 0 }));
    for (const chunk of chunks) expect(chunk.text).toMatch(/[。！]”?$/);
    expect(chunks.length).toBe(2);
  });

  it("cuts long Chinese without a full stop at a comma", () => {
    const text = "这是一个没有句号的长段落，".repeat(20);
    for (const { text: piece } of chunkDocument(plain(text), settings({ size: 60, overlap: 0 }))) {
      expect(piece.endsWith("，")).toBe(true);
    }
  });

  it("prefers a paragraph's end to a sentence's that fills more", () => {
    const text = `${"One two three. ".repeat(4).trim()}\n\n${"Four five six. ".repeat(10)}`;
    const [first] = chunkDocument(plain(text), settings({ size: 100, overlap: 0 }));
    expect(first?.text).toBe("One two three. ".repeat(4).trim());
  });

  it("begins an overlap with a sentence that begins within it", () => {
    const text = Array.from({ length: 40 }, (_, index) => `Sentence number ${index} is here.`).join(" ");
    const chunks = chunkDocument(plain(text), settings({ size: 200, overlap: 70 }));
    for (const chunk of chunks) expect(chunk.text).toMatch(/^Sentence .* here\.$/);
    expect(chunks[1]?.start).toBeLessThan(chunks[0]?.end ?? 0);
  });

  it("cuts what has no gap at all at the size", () => {
    const chunks = chunkDocument(plain("x".repeat(250)), settings({ size: 100, overlap: 0 }));
    expect(chunks.map(({ end }) => end)).toEqual([100, 200, 250]);
  });
});

describe("headings and pages", () => {
  const body = (word: string) => `${word} tells something here. `.repeat(12).trim();
  const parts = [
    "Guide",
    `${body("Intro")}`,
    "Setup",
    body("Setup"),
    "Cables",
    body("Cable"),
    "Cleaning",
    body("Cleaning"),
  ];
  const text = parts.join("\n\n");
  const at = (part: string) => text.indexOf(`${part}\n\n`);
  const outline: OutlineEntry[] = [
    { kind: "page", page: 1, start: 0 },
    { kind: "heading", title: "Guide", level: 1, start: 0 },
    { kind: "heading", title: "Setup", level: 2, start: at("Setup") },
    { kind: "page", page: 2, start: at("Setup") + 50 },
    { kind: "heading", title: "Cables", level: 3, start: at("Cables") },
    { kind: "heading", title: "Cleaning", level: 2, start: at("Cleaning") },
  ];

  it("names the headings above a passage, outermost first, and the page it begins on", () => {
    const chunks = chunkDocument({ text, outline }, settings({ by: "heading" }));
    expect(chunks.map(({ heading, page }) => [heading, page])).toEqual([
      ["Guide", 1],
      ["Guide > Setup", 1],
      ["Guide > Setup > Cables", 2],
      ["Guide > Cleaning", 2],
    ]);
  });

  it("packs short sections by structure, and still begins no chunk in the middle of one without need", () => {
    const chunks = chunkDocument({ text, outline }, settings({ size: 800 }));
    expect(chunks.map(({ start }) => start)).toEqual([0, at("Cables")]);
  });

  it("puts a heading with nothing under it to the next one, and names both", () => {
    const title = "Part one\n\nChapter one\n\nText.";
    const entries: OutlineEntry[] = [
      { kind: "heading", title: "Part one", level: 1, start: 0 },
      { kind: "heading", title: "Chapter one", level: 2, start: 10 },
    ];
    expect(chunkDocument({ text: title, outline: entries }, settings({ by: "heading" }))).toEqual([
      { position: 0, text: title, start: 0, end: title.length, heading: "Part one > Chapter one" },
    ]);
  });
});

describe("tables", () => {
  const lines = ["Name: Lamp | Price: 12", "Name: 台灯 | Price: 15"];
  const text = `Prices\n\n${lines.join("\n")}\n`;
  const row = (index: number, values: string[]) => {
    const start = text.indexOf(lines[index] ?? "");
    return { start, end: start + (lines[index]?.length ?? 0), values };
  };
  const document = {
    text,
    outline: [],
    tables: [{ columns: ["Name", "__proto__"], rows: [row(0, ["Lamp", "12"]), row(1, ["台灯", "15"])] }],
  };

  it("makes a chunk of each row, which names its columns, with the values beside it", () => {
    const chunks = chunkDocument(document, settings({ by: "row" }));
    expect(texts(chunks)).toEqual(["Prices", ...lines]);
    expect(JSON.stringify(chunks[2]?.metadata)).toBe('{"Name":"台灯","__proto__":"15"}');
  });

  it("packs rows by structure without cutting one", () => {
    const many = Array.from({ length: 60 }, (_, index) => `Name: Lamp no. ${index}. Good | Price: ${index}`);
    const joined = many.join("\n");
    let start = 0;
    const rows = many.map((line) => {
      const range = { start, end: start + line.length, values: [line] };
      start += line.length + 1;
      return range;
    });
    const chunks = chunkDocument(
      { text: joined, outline: [], tables: [{ columns: ["Name"], rows }] },
      settings({ size: 300 }),
    );
    for (const chunk of chunks) expect(chunk.text).toMatch(/^Name: .* \d+$/s);
  });
});

it("counts a Chinese sign as a token and four Latin letters as one", () => {
  expect(estimateTokens("知识库")).toBe(3);
  expect(estimateTokens("knowledge base!!")).toBe(4);
  expect(estimateTokens("𠮷")).toBe(1);
  expect(estimateTokens("")).toBe(0);
});
