import { expect, it } from "vitest";
import { fileNameOf } from "./download-text";

it.each([
  ["PEEL against plain", "PEEL-against-plain"],
  ["../../etc/passwd", "etc-passwd"],
  ["投诉 分类", "投诉-分类"],
  ["~", "report"],
  ["a".repeat(200), "a".repeat(80)],
])("names the file of %j %j", (name, file) => {
  expect(fileNameOf(name)).toBe(file);
});
