import { askedFor } from "./asked-for";
import { declines } from "./declines";

const longest = 4_000;

/** Numbers in words, and words that say how many without one: "free", "none", "unlimited". */
const countWords =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|quarter|third|double|twice|once|dozen|first|second|fourth|fifth|no|none|nothing|nobody|never|free|unlimited|without|all|both|until|an? (?:second|minute|hour|day|week|month|quarter|year)s?)\b/i;
const countHan = /[零〇一二两三四五六七八九十百千万亿半]|免费|没有|无|不限|不收|不需要|全额|任意|所有|直到/;
/** 一 that counts nothing. */
const idleOne = /一(?:般|直|起|些|定|旦|样|下|切|共|律|并|边)|[统唯单同万专]一|千万/g;

const momentWords =
  /\d|\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december|noon|midnight|today|tomorrow|yesterday|tonight|morning|afternoon|evening|night|weekends?|always|never|any ?time|daily|immediately|at once|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next)\b/i;
const momentHan =
  /[一二三四五六七八九十]|周[日末]|星期[日天]|今[天晚日]|明[天日]|昨天|早上|上午|中午|下午|晚上|夜里|凌晨|随时|全天|立即|马上|月底|年底|月初|年初|当天|当日|次日/;

const code = /\d|\p{Lu}{2}|[零一二三四五六七八九十]{2}/u;

/** Whether an answer has what its question asks for at the least: a number where one is asked for, and something that the question does not say itself. */
export const answersQuestion = (question: string, given: string): boolean => {
  const answer = given.normalize("NFKC").slice(0, longest);
  if (declines(answer)) return false;
  const asked = askedFor(question);
  switch (asked) {
    case null:
      return true;
    case "count":
      return saysMore(question, answer, (text) => countWords.test(text) || countHan.test(text.replace(idleOne, " ")));
    case "moment":
      return saysMore(question, answer, (text) => momentWords.test(text) || momentHan.test(text));
    case "code":
      return saysMore(question, answer, (text) => code.test(text));
    case "words":
      return newWords(question, answer).length > 0;
    default:
      return asked satisfies never;
  }
};

/** The number of the question itself is an answer only where something is said of it: "class A" does not say how fast class A is mended. */
const saysMore = (question: string, answer: string, has: (text: string) => boolean): boolean =>
  has(withoutQuestion(question, answer)) || (has(answer) && newWords(question, answer).length > 0);

const fillers = new Set(
  (
    "a an the is are was were be been being am do does did has have had will would can could may might must shall should of in on at by for with from to as it its this that these those " +
    "there here and or if so than then your you my i me we our us they their he she his her him one yes no not very just also means mean meaning called"
  ).split(" "),
);
const fillersHan = new Set(
  "的了是在有和与及或也就都被把将会能可要为这那该此请再而于从吗呢吧啊着过地得以所其给到中里上下个位条您你我们他她它表示意思".split(
    "",
  ),
);

const stem = (word: string): string => (word.length > 3 ? word.replace(/(?:ing|ed|es|s)$/, "") : word);
const wordsOf = (text: string): readonly string[] =>
  [...text.toLowerCase().matchAll(/\p{Script=Han}|[\p{L}\p{N}]+/gu)].map(([word]) => word);
const isIdle = (word: string): boolean => fillers.has(word) || fillersHan.has(word);

/** Words, or Chinese characters, of an answer that its question does not have. */
const newWords = (question: string, answer: string): readonly string[] => {
  const known = new Set(wordsOf(question).map(stem));
  return wordsOf(answer).filter((word) => !isIdle(word) && !known.has(stem(word)));
};

const withoutQuestion = (question: string, answer: string): string => {
  const known = new Set(wordsOf(question));
  return answer.replace(/\p{Script=Han}|[\p{L}\p{N}]+/gu, (word) => (known.has(word.toLowerCase()) ? " " : word));
};
