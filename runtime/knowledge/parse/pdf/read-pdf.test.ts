import { describe, expect, it } from "vitest";
import { chapterTitle, longPdf, pageFact } from "@/runtime/testing/long-pdf";
import { makePdf, type PdfLine } from "@/runtime/testing/make-pdf";
import { readFile, refusalOf } from "@/runtime/testing/read-for-test";

const lines = (texts: readonly string[], { x = 60, y = 80, size = 11 } = {}): PdfLine[] =>
  texts.map((text, index) => ({ text, x, y: y + index * size * 1.4, size }));
const full = "A line of this text is about as wide as all the other lines are, so that";
const hello = { lines: lines(["Hello"]) };
const gray = { width: 200, height: 280, gray: new Uint8Array(56_000).fill(200) };

describe("a manual of 40 pages", () => {
  it.each(["en", "zh"] as const)(
    "is read with its pages, chapters and every fact in its place (%s)",
    async (language) => {
      const progress: number[] = [];
      const { text, outline, warnings } = await readFile("a.pdf", longPdf(language, 40), {
        progress: (done) => progress.push(done),
      });
      const pages = outline.filter(({ kind }) => kind === "page");
      expect(pages.map((entry) => entry.page)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      pages.forEach(({ start }, index) => {
        const page = text.slice(start, pages[index + 1]?.start);
        expect(page).toContain(pageFact(language, index + 1));
      });
      const headings = outline.filter(({ kind }) => kind === "heading");
      expect(headings.map((entry) => entry.kind === "heading" && [entry.title, entry.page])).toEqual(
        [1, 2, 3, 4].map((chapter) => [chapterTitle(language, chapter), chapter * 10 - 9]),
      );
      for (const { start } of headings) expect(text.slice(start)).toMatch(/^(?:Chapter \d|第\d章)/);
      // Headers, footers, hyphens and line ends are gone.
      expect(text).not.toMatch(/Handbook of the works|工厂手册|Page \d|第 \d+ 页|[a-z]-\n|[^\n]\n[^\n]/);
      expect(progress).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
      expect(warnings).toEqual([]);
    },
  );
});

it.each(["en", "zh"] as const)(
  "a sentence at the end of short pages is no footer, though only its number differs (%s)",
  async (language) => {
    const { text } = await readFile("a.pdf", longPdf(language, 12, 2), {});
    for (let page = 1; page <= 12; page++) expect(text).toContain(pageFact(language, page));
    expect(text).not.toMatch(/Handbook of the works|工厂手册|Page \d|第 \d+ 页/);
  },
);

describe("running text", () => {
  it("joins lines and hyphenated words, and parts paragraphs by their distance, end and indent", async () => {
    const { text } = await readFile(
      "a.pdf",
      makePdf([
        {
          lines: [
            ...lines([full, "it goes on here with a word that is hyphen-", "ated, and ends."]),
            ...lines([full, "this second one, after a larger gap, is read apart."], { y: 140 }),
          ],
        },
      ]),
    );
    expect(text.trim()).toBe(
      `${full} it goes on here with a word that is hyphenated, and ends.\n\n${full} this second one, after a larger gap, is read apart.`,
    );
  });

  it("goes on over the page's end, and notes where the page begins in the paragraph", async () => {
    const { text, outline } = await readFile(
      "a.pdf",
      makePdf([{ lines: lines([full, full]) }, { lines: lines(["it ends."]) }]),
    );
    expect(text.trim()).toBe(`${full} ${full} it ends.`);
    expect(outline[1]).toEqual({ kind: "page", page: 2, start: text.indexOf("it ends.") });
  });

  it("reads one column after the other under a title that spans them", async () => {
    const narrow = (side: string) =>
      Array.from({ length: 12 }, (_, index) => `${side} line ${index} of the column text`);
    const page = {
      lines: [
        { text: "A title across both of the columns of this page", x: 100, y: 60, size: 18 },
        ...lines(narrow("left"), { y: 100 }),
        ...lines(narrow("right"), { x: 320, y: 100 }),
      ],
    };
    const { text } = await readFile("a.pdf", makePdf([page]));
    expect(text.replace(/\s+/g, " ").trim()).toBe(
      ["A title across both of the columns of this page", ...narrow("left"), ...narrow("right")].join(" "),
    );
  });

  it("reads a table row by row", async () => {
    const rows = Array.from(
      { length: 12 },
      (_, index) => [`item ${index}`, `${index * 3} kg`, `${index} yuan`] as const,
    );
    const table = rows.flatMap((cells, row) =>
      cells.map((text, column) => ({ text, x: 60 + column * 160, y: 80 + row * 16, size: 11 })),
    );
    const { text } = await readFile("a.pdf", makePdf([{ lines: table }]));
    expect(text).toContain("item 4  12 kg  4 yuan");
  });

  it("takes lines in larger print for headings, by size", async () => {
    const page = (number: number) => ({
      lines: [
        ...(number === 1 ? [{ text: "The handbook", x: 60, y: 60, size: 24 }] : []),
        { text: `Part ${number}`, x: 60, y: 100, size: 16 },
        ...lines(
          Array.from({ length: 8 }, (_, index) => `${"abcdefgh".charAt(index)}${"ijkl".charAt(number)} ${full}`),
          { y: 130 },
        ),
      ],
    });
    const { outline } = await readFile("a.pdf", makePdf([1, 2, 3, 4].map(page)));
    expect(outline.flatMap((entry) => (entry.kind === "heading" ? [[entry.level, entry.title]] : []))).toEqual([
      [1, "The handbook"],
      [2, "Part 1"],
      [2, "Part 2"],
      [2, "Part 3"],
      [2, "Part 4"],
    ]);
  });
});

describe("scanned pages", () => {
  const scan = { lines: [], picture: gray };

  it("are drawn and given to the reader of pictures, and only they", async () => {
    const seen: [number, string][] = [];
    const { text, outline } = await readFile("a.pdf", makePdf([hello, scan, { lines: [] }]), {
      readImageText: async (png, page) => {
        seen.push([page, Buffer.from(png.subarray(1, 4)).toString()]);
        return "扫描的第一段。\n\n第二段。";
      },
    });
    expect(seen).toEqual([[2, "PNG"]]);
    expect(text.trim()).toBe("Hello\n\n扫描的第一段。\n\n第二段。");
    expect(outline[1]).toEqual({ kind: "page", page: 2, start: text.indexOf("扫描") });
  });

  it("are told of where nobody reads them, and refused where they are all there is", async () => {
    expect((await readFile("a.pdf", makePdf([hello, scan]))).warnings).toMatchObject([
      { code: "page-not-read", page: 2 },
    ]);
    expect(await refusalOf("a.pdf", makePdf([scan]))).toBe("no-text");
    expect(await refusalOf("a.pdf", makePdf([{ lines: [] }]))).toBe("empty");
  });
});

describe("bad files", () => {
  it("refuses 5,000 pages by their count, and takes 2,000", async () => {
    const page = { lines: [] };
    expect(await refusalOf("a.pdf", makePdf(new Array(5000).fill(page)))).toBe("too-many-pages");
    expect(await refusalOf("a.pdf", makePdf(new Array(2001).fill(page)))).toBe("too-many-pages");
    expect(await refusalOf("a.pdf", makePdf([hello, ...new Array(1999).fill(page)]))).toBe("Hello\n\n");
  });

  it("refuses one with a password, and opens one whose password is empty", async () => {
    expect(await refusalOf("a.pdf", makePdf([hello], { password: "secret" }))).toBe("encrypted");
    expect(await refusalOf("a.pdf", makePdf([hello], { password: "" }))).toBe("Hello\n\n");
  });

  it("refuses what only begins like a PDF", async () => {
    expect(await refusalOf("a.pdf", "%PDF-1.7\nnothing more")).toBe("broken");
  });

  it("reads what is left of one whose end is lost", async () => {
    const whole = makePdf([hello, hello]);
    expect(await refusalOf("a.pdf", whole.subarray(0, whole.length - 10))).toMatch(/Hello/);
  });
});
