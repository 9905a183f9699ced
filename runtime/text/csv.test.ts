import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { csvCell, csvLine } from "./csv";

const read = (csv: string, delimiter: string): string[] =>
  Papa.parse<string[]>(csv.replace(/\r\n$/, ""), { delimiter }).data[0] ?? [];

describe("a cell", () => {
  it.each([
    ["=1+1"],
    ["+cmd|' /C calc'!A0"],
    ["-2+3+cmd|' /C calc'!A0"],
    ['@SUM(1+1)*cmd|" /C calc"!A0'],
    ["  =1+1"],
    ["\t=1+1"],
    ["\r=1+1"],
    ["\n@x"],
    ["\u00a0=1"],
    ["\u3000=1"],
    ["\u200b=1"],
    ["\ufeff=1"],
    ["\u2060\u200d+1+1"],
    ["\u00ad=1"],
    ["＝1+1"],
    ["＋1+1"],
    ["－1+1"],
    ["＠SUM(1)"],
    [' ＝HYPERLINK("https://evil.example")'],
    ["﹦1"],
    ["\0=1"],
    ["\u001b=1"],
    ["\ttext"],
    ["-"],
    ["-5%"],
    [`=${"A".repeat(100_000)}`],
  ])("%j is no formula any more, and nothing of it is lost", (text) => {
    const [cell = ""] = read(csvCell(text), ",");
    expect(cell).toBe(`'${text}`);
  });

  it.each([
    ["-5"],
    ["+4930123456"],
    ["-1.5e-7"],
    ["a=b"],
    ["2-1"],
    ["mail@example.com"],
    ["中文 = 等号"],
    ["'=1"],
    ["   "],
    [""],
  ])("%j stays as it is", (text) => {
    expect(read(csvCell(text), ",")[0] ?? "").toBe(text);
  });

  it("takes a number without end for no number", () => {
    expect(csvCell(Number.NEGATIVE_INFINITY)).toBe("'-Infinity");
    expect(csvCell("-Infinity")).toBe("'-Infinity");
  });

  it("holds numbers as numbers, and what is no text as JSON", () => {
    expect([-5, true, null, undefined, 10n].map(csvCell)).toEqual(["-5", "true", "", "", "10"]);
    expect(csvCell({ a: ["=1"] })).toBe('"{""a"":[""=1""]}"');
  });
});

it("no text makes a formula of any cell, and none is split", () => {
  const nasty = fc.constantFrom(..."=+-@＝＠;,\t\r\n\"' \u200b|a1");
  const text = fc.oneof(
    fc.string(),
    fc.array(nasty, { maxLength: 12 }).map((parts) => parts.join("")),
  );
  const isSafe = (cell: string) => {
    const seen = cell.replace(/^[\s\p{Cc}\p{Cf}]+/u, "").normalize("NFKC");
    return !/^[=+\-@]/.test(seen) || /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(cell);
  };
  fc.assert(
    fc.property(text, text, (first, second) => {
      const cells = read(csvLine([first, second]), ",");
      expect(
        cells.map((cell, index) => [first, second][index] === cell || [first, second][index] === cell.slice(1)),
      ).toEqual([true, true]);
      expect(cells.every(isSafe)).toBe(true);
    }),
  );
});

it("takes no longer than the text is long", () => {
  const long = "\u200b".repeat(300_000);
  const begun = performance.now();
  csvCell(`${long}x`);
  csvCell("1".repeat(300_000));
  expect(performance.now() - begun).toBeLessThan(2_000);
});
