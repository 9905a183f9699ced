import { describe, expect, it } from "vitest";
import { asFile, filesOf, fileText, formatSize, readFileText } from "./file-value";

const file = { fileId: "file_0123456789abcdef", name: "a.png", mediaType: "image/png", size: 5 };

describe("a value", () => {
  it("that is a file is known as one, alone and in a list", () => {
    expect(asFile(file)).toEqual(file);
    expect(filesOf(file)).toEqual([file]);
    expect(filesOf([file, file])).toEqual([file, file]);
  });

  it.each([[null], ["file_0123456789abcdef"], [{ fileId: "x" }], [{ ...file, more: 1 }], [[]], [[file, 1]], [{}]])(
    "%j is no file",
    (value) => {
      expect(filesOf(value)).toEqual([]);
    },
  );
});

it("a file stands in the form as a text and is read back", () => {
  expect(readFileText(fileText(file))).toEqual(file);
  for (const text of ["", "x", "{", "{}", "[1]"]) expect(readFileText(text)).toBeNull();
});

it.each([
  [0, "0 B"],
  [1023, "1023 B"],
  [1024, "1 KB"],
  [86_016, "84 KB"],
  [1_572_864, "1.5 MB"],
  [30_000_000, "29 MB"],
  [5 * 1024 ** 3, "5 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatSize(bytes)).toBe(text);
});
