import type { TextRange } from "./lay-out-piece";

/** Chunks that are asked for at once. */
export const chunksAtOnce = 100;

export interface ChunkRange extends TextRange {
  readonly position: number;
}

export interface WantedChunks {
  readonly chunkCount: number;
  readonly textLength: number;
  /** What is in sight. */
  readonly range: TextRange;
  /** A page of chunks that is there already. */
  readonly known: (page: number) => readonly ChunkRange[] | undefined;
}

/**
 * Pages of chunks that cover a range of the text: first guessed, as if all chunks were alike, then widened by what came until it is covered.
 */
export const pagesFor = ({ chunkCount, textLength, range, known }: WantedChunks): readonly number[] => {
  if (chunkCount === 0 || textLength === 0) return [];
  const last = Math.floor((chunkCount - 1) / chunksAtOnce);
  const guess = (place: number) =>
    Math.max(0, Math.min(last, Math.floor(((place / textLength) * chunkCount) / chunksAtOnce)));
  let low = guess(range.start);
  let high = Math.max(low, guess(range.end));
  for (let page = known(low); low > 0 && page && (page[0]?.start ?? 0) > range.start; page = known(low)) low -= 1;
  for (
    let page = known(high);
    high < last && page && (page.at(-1)?.end ?? textLength) < range.end;
    page = known(high)
  ) {
    high += 1;
  }
  return Array.from({ length: high - low + 1 }, (_, index) => low + index);
};
