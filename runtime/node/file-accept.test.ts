import { describe, expect, it } from "vitest";
import { acceptShape, acceptsFile, usualTypes } from "./file-accept";

const pdf = { mediaType: "application/pdf", name: "Report.PDF" };
const photo = { mediaType: "image/jpeg", name: "photo.jpg" };

describe("a file", () => {
  it.each([
    [[], pdf, true],
    [["application/pdf"], pdf, true],
    [[".pdf"], pdf, true],
    [[".pdf"], photo, false],
    [["image/*"], photo, true],
    [["image/*"], { mediaType: "imagery/x", name: "x" }, false],
    [["image/png", "image/jpeg"], photo, true],
    [["image/png"], photo, false],
    [usualTypes("image"), { mediaType: "image/svg+xml", name: "x.svg" }, false],
    [usualTypes("image"), { mediaType: "image/heic", name: "x.heic" }, false],
    [usualTypes("audio"), { mediaType: "audio/webm", name: "x.webm" }, true],
    [usualTypes("file"), photo, true],
  ])("of %j: %j %s", (accept, file, taken) => {
    expect(acceptsFile(accept, file)).toBe(taken);
  });
});

it.each([
  [".pdf", true],
  ["image/*", true],
  ["application/vnd.ms-excel", true],
  ["image/svg+xml", true],
  ["pdf", false],
  ["*/*", false],
  ["*", false],
  [".p d", false],
  ["", false],
])("%j is a type: %s", (type, is) => {
  expect(acceptShape.test(type)).toBe(is);
});
