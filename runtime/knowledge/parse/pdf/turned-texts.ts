import type { Rule } from "./page-drawing";
import type { PositionedText } from "./page-fragments";

/** The texts of one direction, turned so that they run from left to right. */
export interface TurnedTexts {
  /** In degrees, clockwise on the page as it is seen. */
  readonly turn: number;
  readonly texts: readonly PositionedText[];
  readonly rules: readonly Rule[];
}

/** In degrees: a scan that lies a little askew is one direction, text on its side or across the page another. */
const tolerance = 4;
const mostDirections = 12;

const angleOf = ([a = 1, b = 0]: readonly number[]): number => (Math.atan2(b, a) * 180) / Math.PI;
const apart = (one: number, other: number): number => Math.abs(((one - other + 540) % 360) - 180);

/** Parts a page's texts by their direction: upright ones first, then those on their side, then those that run across the page. */
export function turnedTexts(texts: readonly PositionedText[], rules: readonly Rule[]): TurnedTexts[] {
  const groups: { turn: number; weight: number; texts: PositionedText[] }[] = [];
  for (const text of texts) {
    const turn = angleOf(text.transform);
    const group =
      groups.find((other) => apart(other.turn, turn) <= tolerance) ??
      (groups.length >= mostDirections ? groups[0] : undefined);
    if (group) {
      group.texts.push(text);
      group.weight += text.str.length;
    } else groups.push({ turn, weight: text.str.length, texts: [text] });
  }
  const rank = (turn: number) =>
    apart(turn, 0) < 30 ? 0 : Math.abs(turn) % 90 < 10 || Math.abs(turn) % 90 > 80 ? 1 : 2;
  return groups
    .sort((one, other) => rank(one.turn) - rank(other.turn) || other.weight - one.weight)
    .map(({ turn, texts: members }) => ({
      turn,
      texts: Math.abs(turn) < 0.05 ? members : members.map((text) => turned(text, turn)),
      rules: turnedRules(rules, turn),
    }));
}

function turned(text: PositionedText, degrees: number): PositionedText {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = text.transform;
  return {
    ...text,
    transform: [
      a * cos + b * sin,
      b * cos - a * sin,
      c * cos + d * sin,
      d * cos - c * sin,
      x * cos + y * sin,
      y * cos - x * sin,
    ],
  };
}

/** Rules help only text that runs along or across them. */
function turnedRules(rules: readonly Rule[], degrees: number): readonly Rule[] {
  if (Math.abs(degrees) < 1) return rules;
  const quarter = Math.round(degrees / 90);
  if (apart(degrees, quarter * 90) > 1) return [];
  const [cos, sin] = [Math.round(Math.cos((quarter * Math.PI) / 2)), Math.round(Math.sin((quarter * Math.PI) / 2))];
  return rules.map(({ left, top, right, bottom, isHorizontal }) => {
    const [x0, x1] = [left * cos + top * sin, right * cos + bottom * sin];
    const [y0, y1] = [top * cos - left * sin, bottom * cos - right * sin];
    return {
      left: Math.min(x0, x1),
      right: Math.max(x0, x1),
      top: Math.min(y0, y1),
      bottom: Math.max(y0, y1),
      isHorizontal: quarter % 2 === 0 ? isHorizontal : !isHorizontal,
    };
  });
}
