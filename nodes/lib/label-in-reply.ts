import { bareText } from "@/runtime/node/reply/bare-text";
import { readJson } from "@/runtime/node/reply/read-json";
import { splitThinking } from "@/runtime/node/reply/thinking-splitter";
import { unnegatedMentions } from "./label-mentions";
import { fold } from "./labels";

interface Line {
  /** The label that the line is, but for decoration; null where it says more, or something else. */
  readonly label: string | null;
  /** "Label: X", not X alone. */
  readonly isNamed: boolean;
  /** An entry of a list. */
  readonly isItem: boolean;
}

/** What may stand before a label on its line. */
const longestPrefix = 60;
/** A line that is longer holds more than a label. */
const longestLine = 300;
const item = /^\s*(?:[-*•+]|\(?\d{1,3}[.):、])\s*/u;

const readLine = (line: string, byBare: ReadonlyMap<string, string>): Line => {
  if (line.length > longestLine) return { label: null, isNamed: false, isItem: false };
  const isItem = item.test(line);
  const own = byBare.get(bareText(line)) ?? byBare.get(bareText(line.replace(item, "")));
  if (own !== undefined) return { label: own, isNamed: false, isItem };
  const colon = Math.max(line.lastIndexOf(":"), line.lastIndexOf("="), line.lastIndexOf("→"));
  const named = colon > 0 && colon <= longestPrefix ? byBare.get(bareText(line.slice(colon + 1))) : undefined;
  return named === undefined ? { label: null, isNamed: false, isItem } : { label: named, isNamed: true, isItem };
};

/** The only one of these, or null. */
const only = (labels: readonly string[]): string | null => {
  const [first] = labels;
  return first !== undefined && labels.every((label) => label === first) ? first : null;
};

const conclusion =
  /\b(answer|label|category|class|so|therefore|thus|hence|final(ly)?|choose|chose|pick|select|conclu\w+|result)\b|答案|标签|类别|分类|因此|所以|综上|选择|结论|结果|最终|判断为|属于/u;

/** The label in a reply's words: the answer as a whole, a line "Label: X", a line of its own, or the only label that the words speak of and do not deny. */
const labelInWords = (answer: string, names: readonly string[]): string | null => {
  const text = fold(answer);
  const byBare = new Map(names.flatMap((name) => [[fold(name), name] as const, [bareText(fold(name)), name] as const]));
  const exact = byBare.get(text) ?? byBare.get(bareText(text));
  if (exact !== undefined) return exact;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const read = lines.map((line) => readLine(line, byBare));
  const named = read.findLast(({ isNamed, isItem }) => isNamed && !isItem) ?? null;
  if (named !== null) return named.label;
  const alone = read.filter(({ label }) => label !== null);
  if (alone.length > 0) {
    const last = read.at(-1);
    // A list of what there is to choose from, then the choice.
    if (last !== undefined && last.label !== null && !last.isItem && alone.slice(0, -1).every(({ isItem }) => isItem)) {
      return last.label;
    }
    const same = only(alone.map(({ label }) => label as string));
    const spoken = only(unnegatedMentions(text, names));
    return alone.length === 1 || same !== null ? (spoken ?? same) : null;
  }
  const mentioned = unnegatedMentions(text, names);
  if (mentioned.length <= 1) return mentioned[0] ?? null;
  const end = lastSentence(text);
  return conclusion.test(end) ? only(unnegatedMentions(end, names)) : null;
};

const lastSentence = (text: string): string => {
  const whole = bareEnd(text);
  const from = Math.max(...[". ", "! ", "? ", "\n", "。", "！", "？"].map((end) => whole.lastIndexOf(end)));
  return whole.slice(from + 1).slice(-2_000);
};

const bareEnd = (text: string): string => {
  let to = text.length;
  while (to > 0 && /[\p{P}\p{S}\s]/u.test(text[to - 1] as string)) to -= 1;
  return text.slice(0, to);
};

/** Names that models give the one field of their JSON. */
const fields = ["label", "category", "class", "answer", "result", "intent", "标签", "类别", "分类"];

/** The text under the field that holds the label, or the only text of an object. */
const inField = (value: unknown): string | null => {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.length === 1 ? inField(value[0]) : null;
  if (typeof value !== "object" || value === null) return null;
  const entries = Object.entries(value);
  for (const field of fields) {
    const found = entries.find(([key]) => key.toLowerCase() === field)?.[1];
    if (found !== undefined) return inField(found);
  }
  const texts = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return texts.length === 1 ? (texts[0]?.[1] ?? null) : null;
};

/**
 * The label that a model's reply means, its thinking left out: from the JSON that it was asked for, or else from its words. Null where it means none, or
 * where it cannot be told which. Linear in the length of the reply.
 */
export const labelInReply = (reply: string, names: readonly string[]): string | null => {
  const { answer } = splitThinking(reply);
  const byBare = new Map(names.map((name) => [bareText(fold(name)), name]));
  const labelOf = (value: unknown) => {
    const text = inField(value);
    return text === null ? null : (byBare.get(bareText(fold(text))) ?? labelInWords(text, names));
  };
  const json = readJson(answer, { problemOf: (value) => (labelOf(value) === null ? "names no label" : null) });
  if (json.ok) return labelOf(json.value.value);
  // JSON that names something else, or that is cut off, is no text to look for labels in.
  const { kind } = json.error;
  if (kind === "too-long" || ((kind === "unfit" || kind === "cut") && /^\s*[{[]/.test(answer))) return null;
  return labelInWords(answer, names);
};
