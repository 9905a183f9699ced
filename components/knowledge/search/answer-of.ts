import { markWords } from "./mark-words";

/** What is shorter tells too little apart. */
const shortest = 8;
const longest = 300;

/** The line of a passage that has most of the question's words: what a right passage must hold. */
export const answerOf = (passage: string, words: readonly string[]): string => {
  const sentences = passage
    .split("\n")
    .flatMap((line) => line.split(/(?<=[.!?])\s+|(?<=[。！？])/u))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence.length >= shortest);
  const weight = (sentence: string) =>
    new Set(markWords(sentence, words).flatMap(({ text, marked }) => (marked ? text.toLowerCase() : []))).size;
  let best =
    sentences[0] ??
    passage
      .split("\n")
      .find((line) => line.trim() !== "")
      ?.trim() ??
    "";
  let most = 0;
  for (const sentence of sentences) {
    const found = weight(sentence);
    if (found > most) [best, most] = [sentence, found];
  }
  return best.slice(0, longest);
};
