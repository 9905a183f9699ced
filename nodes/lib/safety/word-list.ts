import { fail, ok, type Result } from "@/runtime/graph/result";

/** `characters` bounds the list as it is written, one word a line. */
export const wordListLimits = { words: 100_000, word: 100, characters: 2_000_000 } as const;

/** One word a line; blank lines and lines that begin with `#` are none. Each word once, in order. */
export const parseWordList = (text: string): readonly string[] => {
  const words = new Set<string>();
  for (const line of text.split(/\r\n|[\r\n]/u)) {
    const word = line.replace(/^\ufeff/, "").trim();
    if (word !== "" && !word.startsWith("#")) words.add(word);
  }
  return [...words];
};

/** The error is an English sentence. */
export const checkWordList = (text: string): Result<readonly string[], string> => {
  if (text.length > wordListLimits.characters)
    return fail(`The list is longer than ${wordListLimits.characters.toLocaleString("en")} characters.`);
  const words = parseWordList(text);
  if (words.length > wordListLimits.words) {
    const [count, most] = [words.length, wordListLimits.words].map((number) => number.toLocaleString("en"));
    return fail(`The list has ${count} words; at most ${most} are taken. Divide it over several steps.`);
  }
  const long = words.find((word) => word.length > wordListLimits.word);
  if (long !== undefined)
    return fail(`"${long.slice(0, 20)}…" is longer than ${wordListLimits.word} characters. Write one word a line.`);
  return ok(words);
};
