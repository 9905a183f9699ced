import fc from "fast-check";
import { expect, test } from "vitest";
import { type ChunkRange, chunksAtOnce, pagesFor } from "./chunk-pages";

/** Chunks of many lengths, each beginning a little before the one before it ends. */
const chunks = fc.array(fc.integer({ min: 20, max: 3_000 }), { minLength: 1, maxLength: 700 }).map((lengths) => {
  let start = 0;
  return lengths.map((length, position): ChunkRange => {
    const chunk = { position, start, end: start + length };
    start += Math.ceil(length * 0.8);
    return chunk;
  });
});

test("asking until nothing new is wanted covers the range, wherever it is", () => {
  fc.assert(
    fc.property(chunks, fc.double({ min: 0, max: 1, noNaN: true }), (all, at) => {
      const textLength = all.at(-1)?.end ?? 0;
      const start = Math.floor(at * textLength);
      const range = { start, end: Math.min(textLength, start + 12_000) };
      const loaded = new Map<number, readonly ChunkRange[]>();
      for (let round = 0; round < 20; round++) {
        const wanted = pagesFor({ chunkCount: all.length, textLength, range, known: (page) => loaded.get(page) });
        const fresh = wanted.filter((page) => !loaded.has(page));
        if (fresh.length === 0) break;
        for (const page of fresh) loaded.set(page, all.slice(page * chunksAtOnce, (page + 1) * chunksAtOnce));
      }
      const shown = new Set([...loaded.values()].flat().map(({ position }) => position));
      const touching = all.filter((chunk) => chunk.start >= range.start && chunk.end <= range.end);
      expect(touching.filter(({ position }) => !shown.has(position))).toEqual([]);
    }),
  );
});

test("a document without chunks wants none", () => {
  expect(pagesFor({ chunkCount: 0, textLength: 10, range: { start: 0, end: 5 }, known: () => undefined })).toEqual([]);
});
