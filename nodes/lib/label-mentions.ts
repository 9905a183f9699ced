import { fold } from "./labels";

const wordCharacter = /[\p{L}\p{M}\p{N}_]/u;
const han = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Thai}/u;

const characterBefore = (text: string, at: number): string =>
  Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? "";
const characterAt = (text: string, at: number): string => Array.from(text.slice(at, at + 2)).at(0) ?? "";

/** Whether what stands here are words of their own. Scripts without blanks have none. */
const isOfItsOwn = (text: string, at: number, length: number, spaced: boolean): boolean => {
  if (!spaced) return true;
  const before = characterBefore(text, at);
  const after = characterAt(text, at + length);
  // "non-delivery" is another word than "delivery".
  const isJoined = before === "-" && wordCharacter.test(characterBefore(text, at - 1));
  return !wordCharacter.test(before) && !wordCharacter.test(after) && !isJoined;
};

interface Mention {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/** A reply that mentions labels more often is looked at so far. */
const mostMentions = 2_000;

/** Where labels stand in a folded text; of labels within each other ("quality" in "product quality"), only the longest. */
const mentionsOf = (text: string, names: readonly string[]): readonly Mention[] => {
  const found: Mention[] = [];
  for (const name of names) {
    const label = fold(name);
    const spaced = !han.test(label);
    let count = 0;
    for (
      let from = text.indexOf(label);
      from >= 0 && count < mostMentions;
      from = text.indexOf(label, from + label.length)
    ) {
      if (isOfItsOwn(text, from, label.length, spaced)) {
        found.push({ name, from, to: from + label.length });
        count += 1;
      }
    }
  }
  found.sort((left, right) => left.from - right.from || right.to - left.to);
  const outermost: Mention[] = [];
  for (const mention of found) if (mention.from >= (outermost.at(-1)?.to ?? 0)) outermost.push(mention);
  return outermost;
};

/** So far before a label a word is looked for that denies it. */
const reach = 32;
const denial =
  /(?:\b(?:not|never|neither|nor|without|unlike|except|excluding|rather than|instead of|than|no)\b|n[\u2019']t\b)(?!\s+(?:only|just|merely)\b)[^.;:!?\n]*$/;
/** What ends the reach of a denial: "not X but Y". */
const turn = /\b(?:but|however|rather|instead|it is|it's|this is)\b(?!\s+(?:than|of)\b)|,/g;
const chineseDenial =
  /(?:不是|并非|而非|而不是|不属于|不算|并不是|没有|不像|除了|非|不|没|未)[^，。；：！？,.;\n而是]{0,8}$/u;

const isDenied = (text: string, from: number): boolean => {
  const before = text.slice(Math.max(0, from - reach), from);
  if (chineseDenial.test(before)) return true;
  const found = denial.exec(before);
  if (found === null) return false;
  // The last turn stands behind the denial: what follows is meant.
  return !(found[0].match(turn) ?? []).length;
};

/** The labels that a folded text speaks of at least once without denying them, each once, in order. */
export const unnegatedMentions = (text: string, names: readonly string[]): readonly string[] => [
  ...new Set(
    mentionsOf(text, names)
      .filter(({ from }) => !isDenied(text, from))
      .map(({ name }) => name),
  ),
];
