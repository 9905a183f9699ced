import { parseTemplate } from "../../template";
import { onText, onWhole, type Rule } from "./finding";
import { sentencesIn } from "./stretches";
import { allOf, briefWords, firstOf, longWords, taskWords, vagueWords } from "./words";

const shortest = 15;
const longest = { words: 50, signs: 110 };
const han = /\p{Script=Han}/gu;

/** What is left of a text without its variables. */
const plain = (text: string): string =>
  parseTemplate(text)
    .map((part) => (part.kind === "text" ? part.text : " "))
    .join("");

const tooShort: Rule = ({ texts }) => {
  const words = texts.map(({ text }) => plain(text)).join(" ");
  const signs = words.match(han)?.length ?? 0;
  // A Chinese character says about as much as two letters.
  return words.replace(/\s/gu, "").length + signs < shortest ? [onWhole("too-short", "clarity", 12)] : [];
};

const noTask: Rule = ({ kind, texts }) =>
  kind === "text" || texts.some(({ text }) => firstOf(taskWords, plain(text)) !== null || /[?？]/u.test(text))
    ? []
    : [onWhole("no-task", "clarity", 15)];

const vague: Rule = ({ texts }) =>
  texts.flatMap((each) =>
    allOf(vagueWords, each.text).map(({ 0: word, index }) =>
      onText("vague-word", "clarity", 3, each, index, index + word.length),
    ),
  );

const longSentences: Rule = ({ texts }) =>
  texts.flatMap((each) =>
    sentencesIn(each.text)
      .filter(({ text }) => text.split(/\s+/u).length > longest.words || (text.match(han)?.length ?? 0) > longest.signs)
      .map(({ start, end }) => onText("long-sentence", "clarity", 4, each, start, end)),
  );

const briefAndLong: Rule = ({ texts }) => {
  const isBrief = texts.some(({ text }) => firstOf(briefWords, text) !== null);
  if (!isBrief) return [];
  return texts.flatMap((each) => {
    const found = firstOf(longWords, each.text);
    return found === null
      ? []
      : [onText("brief-and-long", "clarity", 8, each, found.index, found.index + found[0].length)];
  });
};

/** Whether it is said what to do, in words that mean one thing. */
export const clarityRules: readonly Rule[] = [tooShort, noTask, vague, longSentences, briefAndLong];
