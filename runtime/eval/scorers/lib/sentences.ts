const mostSentences = 60;

/** Sentences of a text, Chinese ones too; at most 60. A dot within a number or a name ends none. */
export const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[。！？\n])|(?<=[.!?])(?=\s)/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .slice(0, mostSentences);
