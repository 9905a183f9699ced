import { expect, test } from "vitest";
import { checkFile } from "./file-kinds";

const sized = (name: string, size: number) => ({
  file: Object.defineProperty(new File([], name), "size", { value: size }),
});

test.each([
  ["Report.PDF", 10, null],
  ["notes.md", 1, null],
  ["photo.png", 10, "unsupported-type"],
  ["pdf", 10, "unsupported-type"],
  ["empty.txt", 0, "file-empty"],
  ["large.pdf", 100_000_001, "file-too-large"],
])("%s of %d bytes: %s", (name, size, code) => {
  expect(checkFile(sized(name, size))?.code ?? null).toBe(code);
});
