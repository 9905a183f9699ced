import { describe, expect, it } from "vitest";
import { caseFile } from "@/runtime/testing/case-file";
import { makeXlsx } from "@/runtime/testing/make-office";
import { makePdf } from "@/runtime/testing/make-pdf";
import { readFile } from "@/runtime/testing/read-for-test";
import { chunkDocument } from "./chunk-document";
import { chunkSettings } from "./chunk-settings";

const settings = chunkSettings.parse({});
const line = (text: string) => ({ text, x: 60, y: 80, size: 11 });

describe("a citation in a short document", () => {
  it("names the page, though all pages would fit into one passage", async () => {
    const pages = ["First page of it.", "Second page of it.", "Third page of it."];
    const document = await readFile("a.pdf", makePdf(pages.map((text) => ({ lines: [line(text)] }))));
    expect(chunkDocument(document, settings).map(({ page, text }) => [page, text])).toEqual(
      pages.map((text, index) => [index + 1, text]),
    );
  });

  it("names the page on which a paragraph begins that runs over its end", async () => {
    const full = "A line of this text is about as wide as all the other lines are, so that";
    const lines = [line(full), { ...line("it goes on here"), y: 96 }];
    const document = await readFile("a.pdf", makePdf([{ lines: [line(full)] }, { lines }]));
    expect(chunkDocument(document, settings)).toMatchObject([{ page: 1 }]);
  });

  it("names the sheet", async () => {
    const row = (cells: readonly string[], at: number) =>
      `<row r="${at}">${cells.map((cell, index) => `<c r="${"ABC".charAt(index)}${at}" t="inlineStr"><is><t>${cell}</t></is></c>`).join("")}</row>`;
    const sheet = (name: string) => ({ name, rows: row(["Item", "Price"], 1) + row([`${name} lamp`, "x"], 2) });
    const document = await readFile("a.xlsx", makeXlsx([sheet("North"), sheet("South"), sheet("West")]));
    const chunks = chunkDocument(document, settings);
    expect(chunks.map(({ heading }) => heading)).toEqual(["North", "South", "West"]);
    expect(chunks[1]?.text).toContain("South lamp");
  });

  it.each([
    ["# Fees\n\nTwelve.\n\n# Terms\n\nThirty days.", "Fees · Terms"],
    ["# Policy\n\n## Fees\n\nTwelve.\n\n## Terms\n\nThirty days.", "Policy > Fees · Terms"],
    ["# Policy\n\nFor all.\n\n## Fees\n\nTwelve.", "Policy"],
    ["# Fees\n\nTwelve.", "Fees"],
    ["# A\n\n1\n\n# B\n\n2\n\n# C\n\n3\n\n# D\n\n4", "A · B · C · …"],
  ])("names no heading that is not above all of a passage: %j", async (text, heading) => {
    expect(chunkDocument(await readFile("a.md", text), settings)).toMatchObject([{ heading }]);
  });

  it("names each section by itself where headings part the passages", async () => {
    const document = await readFile("a.md", "# Policy\n\n## Fees\n\nTwelve.\n\n## Terms\n\nThirty days.");
    expect(chunkDocument(document, { ...settings, by: "heading" }).map(({ heading }) => heading)).toEqual([
      "Policy > Fees",
      "Policy > Terms",
    ]);
  });
});

describe("code between fences", () => {
  const code = (lines: number) =>
    `\`\`\`js\n${Array.from({ length: lines }, (_, index) => `const value${index} = ${index};`).join("\n\n")}\n\`\`\``;

  it("is not cut where it fits into a passage", async () => {
    const chunks = chunkDocument(await readFile("fencecut.md", caseFile("fencecut.md")), settings);
    const [, fence = ""] = /(```python[\s\S]*?```)/.exec(Buffer.from(caseFile("fencecut.md")).toString()) ?? [];
    expect(chunks.filter(({ text }) => text.includes(fence))).toHaveLength(1);
    for (const { text } of chunks) expect((text.match(/```/g)?.length ?? 0) % 2).toBe(0);
  });

  it.each([100, 300, 500, 900])("stands whole behind %d signs of text, and text goes on behind it", (before) => {
    const text = `${"word ".repeat(before / 5)}\n\n${code(20)}\n\n${"more ".repeat(200)}`;
    const chunks = chunkDocument({ text, outline: [] }, settings);
    expect(chunks.some((chunk) => chunk.text.includes(code(20)))).toBe(true);
    for (const chunk of chunks) expect(chunk.text.length).toBeLessThanOrEqual(settings.size);
  });

  it("is cut where it is longer, and one that is never closed is text", () => {
    for (const text of [`${code(200)}`, `\`\`\`\n${"word ".repeat(1000)}`]) {
      const chunks = chunkDocument({ text, outline: [] }, settings);
      expect(chunks.length).toBeGreaterThan(3);
      for (const chunk of chunks) expect(chunk.text.length).toBeLessThanOrEqual(settings.size);
    }
  });

  it("takes time in step with the text", () => {
    const text = "```\n".repeat(100_000);
    const began = performance.now();
    chunkDocument({ text, outline: [] }, settings);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
