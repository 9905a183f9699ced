import fc from "fast-check";
import { expect, it } from "vitest";
import { parseExactJson } from "./exact-json";

it("keeps the digits of a number that a double has not, as text, wherever it stands", () => {
  expect(parseExactJson('{"a":[6222020200112345678,-9007199254740993],"b":{"c":12345678901234567890}}')).toEqual({
    a: ["6222020200112345678", "-9007199254740993"],
    b: { c: "12345678901234567890" },
  });
});

it("keeps as text what is beyond all doubles, and never makes it infinite", () => {
  expect(parseExactJson('[1e400, -1e400, 1E+999, "1e400", 1e308, 12e0300]')).toEqual([
    "1e400",
    "-1e400",
    "1E+999",
    "1e400",
    1e308,
    12e300,
  ]);
});

it("leaves alone what is exact, and what stands in a text", () => {
  expect(
    parseExactJson(
      '[9007199254740991,9007199254740992,0.1234567890123456789,1e20,"1234567890123456789 \\" 1234567890123456789"]',
    ),
  ).toEqual([
    Number.MAX_SAFE_INTEGER,
    2 ** 53,
    Number("0.1234567890123456789"),
    1e20,
    '1234567890123456789 " 1234567890123456789',
  ]);
});

it("reads all other JSON as the language does, and refuses the same", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      if (/\d{16}/.test(text)) return;
      expect(parseExactJson(text)).toEqual(JSON.parse(text));
    }),
  );
  expect(() => parseExactJson("{a}")).toThrow(SyntaxError);
  expect(() => parseExactJson("[12345678901234567890")).toThrow(SyntaxError);
});
