import { chineseName } from "./objects/object-names";

/** What the models saw in one picture. */
export interface Sight {
  readonly width: number;
  readonly height: number;
  /** Printed text, line by line from top to bottom. */
  readonly lines: readonly string[];
  /** English names, with how many of each. */
  readonly objects: readonly { readonly name: string; readonly count: number }[];
  /** How likely it shows sexual content, 0 to 1. */
  readonly unsafeScore: number;
}

export type Language = "en" | "zh";

/** From here on the description warns. */
const UNSAFE = 0.7;

/** Plain sentences that say what was seen and nothing else.*/
export function describeSights(sights: readonly Sight[], language: Language): string {
  const write = language === "zh" ? inChinese : inEnglish;
  return sights.map((sight, index) => write(sight, sights.length > 1 ? index + 1 : 0)).join("\n");
}

/**
 * The same for a language model to answer from: a small one reads lines as they stand in the picture better than sentences about
 * them, and what is not there only leads it astray. At most `mostLines` lines of text a picture.
 */
export function groundsFor(sights: readonly Sight[], language: Language, mostLines: number): string {
  const words =
    language === "zh"
      ? { shows: "图片中有：", says: "图片中写着：", nothing: "图片中没有文字，也没有认出的物体。", mark: "、" }
      : {
          shows: "The picture shows: ",
          says: "This is written in the picture:",
          nothing: "The picture shows nothing that was recognised.",
          mark: ", ",
        };
  return sights
    .map(({ objects, lines }) => {
      const named = objects.map(({ name, count }) => `${count} ${language === "zh" ? chineseName(name) : name}`);
      return [
        ...(named.length > 0 ? [words.shows + named.join(words.mark)] : []),
        ...(lines.length > 0 ? [words.says, ...lines.slice(0, mostLines)] : []),
        ...(named.length + lines.length === 0 ? [words.nothing] : []),
      ].join("\n");
    })
    .join("\n\n");
}

function inEnglish({ lines, objects, unsafeScore }: Sight, number: number): string {
  const which = number > 0 ? `Picture ${number}` : "The picture";
  const parts = [
    objects.length > 0
      ? `${which} shows ${objects.map(({ name, count }) => (count > 1 ? `${count} of: ${name}` : name)).join(", ")}.`
      : `${which} shows no object that the detector knows.`,
    lines.length > 0 ? `Text in it, from top to bottom: ${lines.join(" / ")}` : "There is no text in it.",
  ];
  if (unsafeScore >= UNSAFE) parts.push(`It may show sexual content (score ${unsafeScore.toFixed(2)}).`);
  return parts.join(" ");
}

function inChinese({ lines, objects, unsafeScore }: Sight, number: number): string {
  const which = number > 0 ? `第 ${number} 张图片` : "图片";
  const parts = [
    objects.length > 0
      ? `${which}中有：${objects.map(({ name, count }) => (count > 1 ? `${chineseName(name)} ${count} 个` : chineseName(name))).join("、")}。`
      : `${which}中没有检测器认识的物体。`,
    lines.length > 0 ? `其中的文字从上到下为：${lines.join(" / ")}` : "其中没有文字。",
  ];
  if (unsafeScore >= UNSAFE) parts.push(`可能含有色情内容（分数 ${unsafeScore.toFixed(2)}）。`);
  return parts.join("");
}
