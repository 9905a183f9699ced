import type { PositionedText } from "./page-fragments";

/** Signs that stand below each other, read from top to bottom. */
export interface Stack {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

const fewest = 4;
/** From sign to sign, in sizes of one. */
const step = { least: 0.8, most: 2.2 } as const;

interface Sign {
  readonly text: PositionedText;
  readonly sign: string;
  /** Place in the order in which the signs are drawn. */
  readonly place: number;
  readonly middle: number;
  readonly y: number;
  readonly size: number;
}

const signOf = (text: PositionedText, place: number): Sign | undefined => {
  const sign = text.str.trim();
  if ([...sign].length !== 1 || !/[\p{L}\p{N}\p{P}]/u.test(sign)) return undefined;
  const [a = 1, b = 0, , , x = 0, y = 0] = text.transform;
  // Text on its side is turned, not stacked.
  if (Math.abs(b) > Math.abs(a) / 20) return undefined;
  const size = Math.hypot(a, b);
  return { text, sign, place, middle: x + text.width / 2, y, size };
};

/** A column of a table holds the same few signs again and again, or figures. */
const isWords = (run: readonly Sign[]): boolean =>
  run.every(({ sign }) => !/\p{N}/u.test(sign)) &&
  new Set(run.map(({ sign }) => sign)).size >= Math.max(3, run.length / 2);

/**
 * Words whose signs are drawn one by one below each other, as in Chinese set in columns or a title down a page's side, and the texts that are left.
 * Signs that stand nearer beside each other than below each other are lines whose signs are drawn one by one, and stay.
 */
export function stackedTexts(texts: readonly PositionedText[]): {
  readonly stacks: readonly Stack[];
  readonly rest: readonly PositionedText[];
} {
  const signs = texts.filter(({ str }) => str.trim() !== "").flatMap((text, place) => signOf(text, place) ?? []);
  if (signs.length < fewest) return { stacks: [], rest: texts };
  const runs = runsOf(signs);
  const besides = neighbours(texts);
  const inRuns = new Set(runs.filter(({ length }) => length >= fewest).flatMap((run) => run.map(({ text }) => text)));
  const isOnLine = lines(texts.filter((text) => !inRuns.has(text) && text.str.trim() !== ""));
  const stacks: Stack[] = [];
  const taken = new Set<PositionedText>();
  for (const run of runs) {
    const [first, last] = [run[0], run.at(-1)];
    if (!first || !last || run.length < fewest || !isWords(run)) continue;
    // Words are drawn sign after sign.
    const follows = run.filter(({ place }, index) => index > 0 && place - (run[index - 1]?.place ?? 0) === 1).length;
    if (follows < (run.length - 1) * 0.8) continue;
    // Cells of a table stand on the lines of other cells.
    if (run.filter(isOnLine).length > run.length / 3) continue;
    const pitch = Math.abs(last.y - first.y) / (run.length - 1);
    const beside = run.filter((each) => besides(each) < pitch * 1.15).length;
    if (beside > run.length / 5) continue;
    for (const { text } of run) taken.add(text);
    const top = Math.min(first.y, last.y);
    stacks.push({
      text: run.map(({ sign }) => sign).join(""),
      left: first.middle - first.size / 2,
      top,
      size: first.size,
    });
  }
  return { stacks: inOrder(stacks), rest: taken.size === 0 ? texts : texts.filter((text) => !taken.has(text)) };
}

/** Signs of one size whose middles are above each other, parted where the steps change. */
function runsOf(signs: readonly Sign[]): Sign[][] {
  const columns = new Map<string, Sign[]>();
  for (const sign of signs) {
    const [column, size] = [Math.round(sign.middle / 3), Math.round(sign.size)];
    const key = [column, column - 1, column + 1].map((near) => `${near} ${size}`).find((near) => columns.has(near));
    const open = key === undefined ? undefined : columns.get(key);
    if (open) open.push(sign);
    else columns.set(`${column} ${size}`, [sign]);
  }
  const runs: Sign[][] = [];
  for (const column of columns.values()) {
    column.sort((one, other) => one.y - other.y);
    let run: Sign[] = [];
    let pitch = 0;
    for (const sign of column) {
      const before = run.at(-1);
      const gap = before ? sign.y - before.y : 0;
      const fits =
        gap >= sign.size * step.least && gap <= sign.size * step.most && (pitch === 0 || gap <= pitch * 1.25 + 0.5);
      if (before && fits) pitch = pitch === 0 ? gap : Math.max(pitch, gap);
      else {
        if (run.length > 0) runs.push(run);
        run = [];
        pitch = 0;
      }
      run.push(sign);
    }
    if (run.length > 0) runs.push(run);
  }
  return runs;
}

/** Whether a sign stands on the baseline of one of these texts. */
function lines(texts: readonly PositionedText[]): (sign: Sign) => boolean {
  const baselines = new Set(texts.map(({ transform: [, , , , , y = 0] }) => Math.round(y)));
  return ({ y }) => [-1, 0, 1].some((off) => baselines.has(Math.round(y) + off));
}

/** How far from a sign's middle the nearest text on its line is, measured to that text's nearer side and half a sign. */
function neighbours(texts: readonly PositionedText[]): (sign: Sign) => number {
  const rows = new Map<number, { readonly left: number; readonly right: number; readonly text: PositionedText }[]>();
  for (const text of texts) {
    if (text.str.trim() === "") continue;
    const [, , , , x = 0, y = 0] = text.transform;
    const row = Math.round(y / 4);
    const open = rows.get(row);
    const placed = { left: x, right: x + text.width, text };
    if (open) open.push(placed);
    else rows.set(row, [placed]);
  }
  return ({ text: own, middle, y, size }) => {
    let nearest = Number.POSITIVE_INFINITY;
    const row = Math.round(y / 4);
    for (const near of [row - 1, row, row + 1]) {
      for (const { left, right, text } of rows.get(near) ?? []) {
        if (text === own) continue;
        const distance = middle < left ? left - middle : middle > right ? middle - right : 0;
        nearest = Math.min(nearest, distance + size / 2);
      }
    }
    return nearest;
  };
}

/** Chinese, Japanese and Korean columns follow each other from right to left, others from left to right. */
function inOrder(stacks: readonly Stack[]): Stack[] {
  const eastern = stacks.filter(({ text }) => /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text));
  const isEastern = eastern.length * 2 > stacks.length;
  return [...stacks].sort(
    (one, other) => (isEastern ? other.left - one.left : one.left - other.left) || one.top - other.top,
  );
}
