const mostSentences = 60;

/** Sentences of a text, Chinese ones too; at most 60. */
export const sentencesOf = (text: string): string[] =>
  (text.match(/[^.!?。！？\n]+(?:[.!?](?=\s|$)|[.!?](?=\S)|[。！？])*/gu) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
    .slice(0, mostSentences);
