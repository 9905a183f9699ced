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

/** Plain sentences that say what was seen and nothing else. At most `mostLines` lines of text each. */
export function describeSights(
  sights: readonly Sight[],
  language: Language,
  mostLines = Number.POSITIVE_INFINITY,
): string {
  const write = language === "zh" ? inChinese : inEnglish;
  return sights
    .map((sight, index) =>
      write({ ...sight, lines: sight.lines.slice(0, mostLines) }, sights.length > 1 ? index + 1 : 0),
    )
    .join("\n");
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
