import { describe, expect, it } from "vitest";
import { decodeText } from "./read-text-file";

describe("a file of words", () => {
  it.each([
    ["UTF-8", [0xe8, 0xb5, 0x8c], "赌"],
    ["UTF-8 with a mark", [0xef, 0xbb, 0xbf, 0x61], "a"],
    ["UTF-16", [0xff, 0xfe, 0x4c, 0x8d], "赌"],
    ["GBK", [0xb6, 0xc4, 0xb2, 0xa9], "赌博"],
    ["nothing", [], ""],
  ])("is read in %s", (_, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe(text);
  });

  it.each([[[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]], [[0x61, 0x00, 0x62]]])(
    "that is none is refused",
    (bytes) => {
      expect(decodeText(Uint8Array.from(bytes))).toBeNull();
    },
  );
});
