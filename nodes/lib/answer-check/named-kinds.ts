/** A thing told apart from its like by a colour, a letter or a number: the blue light, class D, 四级故障. */
interface Kind {
  /** What it is, in small letters: "light", "class", 级. */
  readonly thing: string;
  /** Which of them. */
  readonly value: string;
  /** As it was written. */
  readonly text: string;
}

const colours: Readonly<Record<string, string>> = {
  红: "red",
  橙: "orange",
  黄: "yellow",
  绿: "green",
  蓝: "blue",
  紫: "purple",
  白: "white",
  黑: "black",
  灰: "grey",
  棕: "brown",
};
const english = `${Object.values(colours).join("|")}|gray`;
const colouredThing = new RegExp(`\\b(?<colour>${english}) (?:\\w+ing )?(?<thing>[a-z]+)\\b`, "gi");
const thingOfColour = new RegExp(
  `\\b(?<thing>[a-z]+) (?:is|turns?|shines?|glows?|blinks?|flash(?:es)?) (?<colour>${english})\\b`,
  "gi",
);
/** A colour of a thing; 白天 and 黄金 are none. */
const chineseColour = new RegExp(`(?<colour>[${Object.keys(colours).join("")}])(?<thing>[色灯光线键钮标牌卡区])`, "g");

const englishRank =
  /\b(?<thing>class|grade|level|tier|category|type|zone|gate|line|hall|platform|room|floor)(?:es|s)? (?<value>[A-Za-z]|\d{1,4})\b(?!['’])/gi;
const digits = "零一二三四五六七八九十";
const chineseRank = /(?<value>[一二三四五六七八九十]|\d{1,2})(?<thing>[级类档]|号(?:线|楼|馆|门|窗口))/g;
/** "Classes A to C", 一至三级: what lies between is named without standing there. */
const range =
  /\b(?:[A-Z]|\d{1,4}) ?(?:to|-|–|through) ?(?:[A-Z]|\d{1,4})\b|[一二三四五六七八九十\d] ?[至到–~-] ?[一二三四五六七八九十\d]/;

const longest = 20_000;

const kindsBy = (text: string, form: RegExp, named: (value: string) => string): readonly Kind[] =>
  [...text.matchAll(form)].map(({ 0: whole, groups = {} }) => ({
    thing: (groups.thing ?? "").toLowerCase().replace(/(?<=\w)s$/, ""),
    value: named(groups.colour ?? groups.value ?? ""),
    text: whole,
  }));

const colourName = (word: string) => colours[word] ?? word.toLowerCase().replace("gray", "grey");
const coloursIn = (text: string): readonly Kind[] =>
  [colouredThing, thingOfColour, chineseColour].flatMap((form) => kindsBy(text, form, colourName));

const rankName = (value: string) => {
  const place = digits.indexOf(value);
  return place < 0 ? value.toLowerCase() : String(place);
};
const ranksIn = (text: string): readonly Kind[] =>
  [englishRank, chineseRank].flatMap((form) => kindsBy(text, form, rankName));

/**
 * What a question asks about by its colour or rank, where a source speaks of others of that sort and not of this: it asks of the green light, and the source
 * tells of the red one. Such a source answers another question, however alike it is. The words are given as the question has them.
 */
export const unknownKinds = (question: string): ((source: string) => readonly string[]) => {
  const asked = question.normalize("NFKC").slice(0, longest);
  const ranks = ranksIn(asked);
  const kinds = [...coloursIn(asked), ...ranks];
  return (given) => {
    if (kinds.length === 0) return [];
    const source = given.normalize("NFKC").slice(0, longest);
    const told = [...coloursIn(source), ...(ranks.length > 0 && range.test(source) ? [] : ranksIn(source))];
    return kinds
      .filter(({ thing, value }) => {
        const alike = told.filter((each) => each.thing === thing);
        return alike.length > 0 && alike.every((each) => each.value !== value);
      })
      .map(({ text }) => text);
  };
};
