import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readPackedFile } from "./packed-file";
import { fixturePieces, packedFixture } from "./packed-fixture";
import { UnigramTokenizer } from "./unigram";

const { file } = packedFixture({ width: 32, layers: 1, heads: 2, inner: 32, positions: 8 }, () => 0.5);
const tokenizer = new UnigramTokenizer(readPackedFile(file).vocabulary);
const pieces = (text: string) => tokenizer.encode(text).map((id) => fixturePieces[id]?.[0]);

describe("UnigramTokenizer", () => {
  it("takes the most probable pieces, not the longest", () => {
    expect(pieces("a b ab")).toEqual(["\u2581a", "\u2581", "b", "\u2581ab"]);
    expect(pieces("你好")).toEqual(["\u2581", "你好"]);
    expect(pieces("bab")).toEqual(["\u2581", "b", "ab"]);
  });

  it("reads what a character is rewritten to, and many spaces as one", () => {
    expect(pieces("ａ\t  b")).toEqual(pieces("a b"));
  });

  it("takes every character that is in no piece for one unknown", () => {
    expect(pieces("a😀z")).toEqual(["\u2581a", "<unk>", "<unk>"]);
    expect(pieces("\ud800")).toEqual(["\u2581", "<unk>"]);
  });

  it("loses no character of known pieces, whatever their order", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("b", "ab", "好", "你好", " "), { maxLength: 30 }), (parts) => {
        const text = `b${parts.join("")}`.replace(/ {2,}/g, " ");
        expect(pieces(text).join("").replaceAll("\u2581", " ")).toBe(` ${text}`);
      }),
    );
  });

  it("takes time in proportion to a text without spaces", () => {
    expect(tokenizer.encode("你好".repeat(20_000))).toHaveLength(20_001);
  });
});
