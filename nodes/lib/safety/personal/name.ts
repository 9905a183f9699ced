import type { Span } from "../finding";
import { type Detector, matches } from "./detector";
import { doubleSurnames, ordinaryWords, particleSurnames, surnames } from "./surnames";

// ── English: a title with capitalised names behind it, or words that introduce one ──
const part = "(?:(?:Mc|Mac|O['’]|D['’])?[A-Z][a-zà-öø-ÿ]{1,20}(?:-[A-Z][a-zà-öø-ÿ]{1,20})?)";
const initial = "[A-Z]\\.";
const particle = "(?:van der|van den|van|von|de la|de|del|di|da|bin|al)";
const person = `(?<value>${part}(?:(?: (?:${initial}|${particle}))? ${part}){0,3})`;
const titled = new RegExp(`(?<![A-Za-z])(?:Mr|Mrs|Ms|Mx|Dr|Prof)(?:\\. ?| )${person}(?![A-Za-z])`, "dg");
const spelled = new RegExp(`(?<![A-Za-z])(?:Miss|Madam|Professor|Doctor|Sir) ${person}(?![A-Za-z])`, "dg");
const introduced = new RegExp(
  `(?<![A-Za-z])(?:[Mm]y name is|(?:[Nn]ame|[Cc]ustomer|[Rr]ecipient|[Cc]ontact|[Pp]atient|[Aa]pplicant)(?: name)?:) ?${person}(?![A-Za-z])`,
  "dg",
);

// ── Chinese: a surname, up to two more characters, a form of address; or words that introduce one ──
const surname = `(?:${doubleSurnames.join("|")}|[${surnames}])`;
const address =
  "(?:先生|女士|小姐|太太|夫人|老师|教授|博士|医生|大夫|律师|师傅|阿姨|叔叔|同学|经理|主任|董事长|处长|局长)";
const addressed = new RegExp(`(?<value>${surname}\\p{Script=Han}{0,2}?)${address}`, "dgu");
const calledChinese = new RegExp(
  `(?:姓名|名字|收件人|收货人|联系人|患者|客户姓名|申请人|法人|户主|持卡人)(?:是|为)?[:： ]{0,2}(?<value>${surname}[\\p{Script=Han}·]{1,3})(?!\\p{Script=Han})|(?:我叫|我是|名叫)(?<value2>${surname}\\p{Script=Han}{1,2})(?=[，。,.！!；;\\s]|$)`,
  "dgu",
);

/** Titles name people; so does what stands behind "name:". Words of a language alone do not, so names without either are for the user's list. */
export const findNames: Detector = (text) => [
  ...[titled, spelled, introduced].flatMap((pattern) => matches(text, pattern, () => 0.85)),
  ...matches(text, addressed, () => 0.85)
    .map((span) => withoutParticle(text, span))
    .filter(({ start }) => !ordinaryWords.has(text.slice(start, start + 2))),
  ...introducedChinese(text),
];

/** `向王先生` holds 王, though 向 is a surname too: a word that is more often a particle than a surname gives way to a surname behind it. */
const withoutParticle = (text: string, span: Span): Span => {
  const [first = "", second = ""] = text.slice(span.start, span.end);
  const gives = particleSurnames.includes(first) && second !== "" && surnames.includes(second);
  return gives ? { ...span, start: span.start + 1 } : span;
};

const introducedChinese = (text: string): readonly Span[] => {
  const spans: Span[] = [];
  for (const found of text.matchAll(calledChinese)) {
    const [start, end] = found.indices?.groups?.value ?? found.indices?.groups?.value2 ?? [0, 0];
    if (end > start) spans.push({ start, end, score: 0.8 });
  }
  return spans;
};
