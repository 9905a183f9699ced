import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFile, refusalOf } from "@/runtime/testing/read-for-test";

const chinese = "知识库可以收录多种文件。\n第二行：价格是12元。";
/** Node encodes no GB18030, so the bytes are written down: "中文编码，测试。" */
const gbk = Buffer.from("d6d0cec4b1e0c2eba3acb2e2cad4a1a3", "hex");

describe("encodings", () => {
  const swapped = (text: string) => Buffer.from(text, "utf16le").swap16();
  it.each([
    ["UTF-8", Buffer.from(chinese)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${chinese}`)],
    ["UTF-16 LE with a mark", Buffer.from(`\ufeff${chinese}`, "utf16le")],
    ["UTF-16 BE with a mark", swapped(`\ufeff${chinese}`)],
    ["UTF-16 LE without one", Buffer.from(chinese, "utf16le")],
    ["UTF-16 BE without one", swapped(chinese)],
  ])("reads %s", async (_, bytes) => {
    expect(await readFile("a.txt", bytes)).toMatchObject({ text: chinese, language: "zh", warnings: [] });
  });

  it("reads GBK, also as two signs among English", async () => {
    expect((await readFile("a.txt", gbk)).text).toBe("中文编码，测试。");
    const mixed = Buffer.concat([Buffer.from("Price list (".repeat(20)), gbk.subarray(0, 4), Buffer.from(")\n")]);
    expect((await readFile("a.txt", mixed)).text).toMatch(/\(中文\)$/);
  });

  it("reads the four-byte signs of GB18030", async () => {
    const text = (await readFile("a.txt", Buffer.concat([gbk, Buffer.from("9534b235", "hex"), gbk]))).text;
    expect(text).toBe("中文编码，测试。𠮷中文编码，测试。");
  });

  it("reads a Western encoding that is not UTF-8", async () => {
    const text = "Der Größte fährt über die Straße, während es früh dämmert.";
    expect((await readFile("a.txt", Buffer.from(text, "latin1"))).text).toBe(text);
  });

  it("keeps a UTF-8 text with a damaged byte UTF-8, and says so", async () => {
    const bytes = Buffer.from(chinese.repeat(3));
    bytes[4] = 0xff;
    const { text, warnings } = await readFile("a.txt", bytes);
    expect(text.endsWith("价格是12元。")).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(["undecodable-bytes"]);
  });

  it("refuses what is not text", async () => {
    const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7919) & 255));
    expect(await refusalOf("a.txt", noise)).toBe("not-text");
    expect(await refusalOf("a.csv", Buffer.from([1, 2, 3, 4, 5, 6]))).toBe("not-text");
  });

  it("makes well-formed text without control characters of any bytes that it reads", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 400 }),
        fc.constantFrom("a.txt", "a.md", "a.html", "a.csv"),
        async (bytes, name) => {
          const outcome = await refusalOf(name, bytes);
          expect(outcome.isWellFormed()).toBe(true);
          expect(outcome).not.toMatch(/(?![\n\t])\p{Cc}/u);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("text and Markdown", () => {
  it("finds the headings of Markdown, but none in code", async () => {
    const text =
      "# 手册 *Manual*\n\nIntro\n\nSetup\n-----\n\n```sh\n# no heading\n```\n\n### [Link](http://a) ###\n- item\n---\n";
    const { outline, text: kept } = await readFile("a.md", text);
    expect(outline.map((entry) => (entry.kind === "heading" ? [entry.level, entry.title] : entry))).toEqual([
      [1, "手册 Manual"],
      [2, "Setup"],
      [3, "Link"],
    ]);
    for (const { start } of outline) expect(start === 0 || kept[start - 1] === "\n").toBe(true);
  });

  it("takes lines of a plain text that call themselves chapters for headings", async () => {
    const { outline } = await readFile(
      "a.txt",
      "第一章 总则\n\n第二章是讲别的，这一行只是正文。\n\nChapter 2: Care\nText\n# no heading",
    );
    expect(outline.map((entry) => entry.kind === "heading" && entry.title)).toEqual(["第一章 总则", "Chapter 2: Care"]);
  });

  it("makes one kind of line end, and letters of ligatures and radicals", async () => {
    expect((await readFile("a.txt", "a\r\nb\rc\u00a0e\ufb01\u2f54\u2eda\u0007")).text).toBe("a\nb\nc efi水页");
  });

  it("says that an empty file is empty, and one of blanks too", async () => {
    expect(await refusalOf("a.txt", "")).toBe("empty");
    expect(await refusalOf("a.md", " \n\t\n")).toBe("empty");
  });

  it("refuses more text than a document may hold", async () => {
    expect(await refusalOf("a.txt", "x".repeat(20_000_001))).toBe("too-large");
  });
});
