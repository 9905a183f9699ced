import { bareText } from "@/runtime/node/reply/bare-text";
import { readJson } from "@/runtime/node/reply/read-json";
import { splitThinking } from "@/runtime/node/reply/thinking-splitter";

/** The scale that judges are asked for. */
export const gradeScale = { least: 1, most: 5 } as const;

export interface ReadGrade {
  /** 1 to 5, halves and other parts included. */
  readonly grade: number;
  readonly reason: string;
}

/** Characters at the end of a reply that are looked at. */
const longest = 8_000;
const words: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  兩: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
  壹: 1,
  贰: 2,
  叁: 3,
  肆: 4,
  伍: 5,
};
const figure =
  "(?:(?<!\\d)\\d{1,4}(?:[.,]\\d{1,4})?(?!\\d)|(?<![a-z])(?:zero|one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z])|[零一二两兩三四五六七八九十壹贰叁肆伍])(?:\\s?(?:[¼½¾]|and a half))?";
const parts: Readonly<Record<string, number>> = { "¼": 0.25, "½": 0.5, "¾": 0.75, "and a half": 0.5 };

/** Digits of every script as those of this one, in one width and case; ½ stays a sign of its own. */
const plain = (text: string): string =>
  Array.from(text, (character) =>
    /[¼½¾]/.test(character) ? character : /\p{Nd}/u.test(character) ? digitOf(character) : character.normalize("NFKC"),
  )
    .join("")
    .toLowerCase();

/** Unicode keeps the ten digits of a script together, beginning with its zero. */
const digitOf = (character: string): string => {
  const code = character.codePointAt(0) as number;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  // Mathematical digits follow each other in several sets of ten; NFKC knows them.
  const known = character.normalize("NFKC");
  return /^\d$/.test(known) ? known : String(code - zero);
};

const numberOf = (written: string): number | null => {
  const match = /^(.*?)\s?(¼|½|¾|and a half)?$/.exec(written.trim().slice(0, 40));
  const base = match?.[1] ?? "";
  const known = Object.hasOwn(words, base) ? (words[base] as number) : Number(base.replace(",", "."));
  return base === "" || !Number.isFinite(known)
    ? null
    : known + (match?.[2] === undefined ? 0 : (parts[match[2]] ?? 0));
};

/** A grade on the scale; null for a number that lies beyond it. */
const onScale = (value: number | null): number | null =>
  value !== null && value >= gradeScale.least && value <= gradeScale.most ? value : null;

/** What speaks of the scale or of several grades, and gives none: "on a scale of 1 to 5", "1-5", "between 3 and 4". */
const ranges = new RegExp(
  `(?:scale|range|rated?|score[sd]?)?\\s{0,3}(?:of|from|between)?\\s{0,3}${figure}\\s{0,3}(?:-|–|—|~|to|through|and|到|至)\\s{0,3}${figure}(?:\\s{0,3}(?:分|points?|stars?))?(?:\\s{0,3}(?:scale|评分|打分))?`,
  "gu",
);
const outOf = new RegExp(`(${figure})\\s{0,3}(?:/|out of|of|von|sur|de|из)\\s{0,3}(${figure})(?![\\d.,]*\\d)`, "gu");
const chineseOutOf = new RegExp(
  `(?:满分|总分)(?:是|为)?\\s{0,3}(${figure})\\s{0,3}分|${figure}\\s{0,3}分(?:制|满分)`,
  "gu",
);
const marked = new RegExp(
  `(?:grade|score|rating|rate|mark|verdict|评分|分数|得分|打分|等级|評分|得点|評価|점수)[^\\p{L}\\d零一二两兩三四五六七八九十]{0,12}(?:is|of|为|是|:|=)?[\\s"'*\`\\[({<【]{0,6}(${figure})`,
  "gu",
);
const counted = new RegExp(`(${figure})\\s{0,3}(?:分|点|點|점|星|points?|stars?)`, "gu");
const stars = /[★⭐☆✩✭]+/gu;

/** One grade out of several readings of it: the same each time, or none. */
const agreed = (grades: readonly (number | null)[]): number | null => {
  const [first] = grades;
  return first !== undefined && first !== null && grades.every((grade) => grade === first) ? first : null;
};

const matches = (pattern: RegExp, text: string): RegExpExecArray[] => [...text.matchAll(pattern)] as RegExpExecArray[];

/** The grade in words: "4/5", "four out of five", "Grade: 4", "四分", "★★★★☆", or a number alone. null where there is none, or none for sure. */
export const gradeInWords = (reply: string): number | null => {
  const text = plain(reply.slice(-longest));
  const bare = numberOf(bareText(text));
  if (bare !== null) return onScale(bare);
  const fractions = matches(outOf, text);
  if (fractions.length > 0) {
    const last = fractions.at(-1);
    // A grade out of another number is a grade of another scale.
    return numberOf(last?.[2] ?? "") === gradeScale.most ? onScale(numberOf(last?.[1] ?? "")) : null;
  }
  const shown = matches(stars, text).filter(([row]) => row.length >= 1 && row.length <= gradeScale.most);
  if (shown.length > 0)
    return agreed(shown.map(([row]) => onScale(Array.from(row).filter((star) => /[★⭐]/u.test(star)).length)));
  const rest = text.replace(chineseOutOf, " ").replace(ranges, " ");
  const named = matches(marked, rest);
  if (named.length > 0) return onScale(numberOf(named.at(-1)?.[1] ?? ""));
  const given = matches(counted, rest);
  if (given.length > 0) return agreed(given.map(([, written]) => onScale(numberOf(written ?? ""))));
  const ends = rest.split("\n").filter((line) => line.trim() !== "");
  const alone = [ends.at(-1), ends.at(0)].map((line) => numberOf(bareText(line ?? "")));
  return onScale(alone.find((value) => value !== null) ?? null);
};

const names = ["grade", "score", "rating", "评分", "分数", "得分"];

/** The grade in a value of JSON: a number of the scale, or a text that says one. */
const gradeIn = (value: unknown): ReadGrade | null => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  const given = entries.find(([key]) => names.includes(key.toLowerCase()))?.[1];
  const grade = typeof given === "number" ? onScale(given) : typeof given === "string" ? gradeInWords(given) : null;
  const reason = entries.find(([key]) => /reason|explanation|理由|原因/i.test(key))?.[1];
  return grade === null ? null : { grade, reason: typeof reason === "string" ? reason : "" };
};

/** The grade that a judge's reply gives, its thinking left out: from the JSON that it was asked for, else from its words. null: it gives none. */
export const readGrade = (reply: string): ReadGrade | null => {
  const { answer } = splitThinking(reply);
  const json = readJson(answer, { problemOf: (value) => (gradeIn(value) === null ? "gives no grade" : null) });
  if (json.ok) return gradeIn(json.value.value);
  if (json.error.kind === "cut" || json.error.kind === "too-long") return null;
  const grade = gradeInWords(answer);
  return grade === null ? null : { grade, reason: answer.trim() };
};
