import Papa from "papaparse";
import { type Separator, separators } from "./table-options";

export interface SeparatorGuess {
  /** "none" for a file of one column, whose lines hold commas as sentences do. */
  readonly separator: Separator;
  /** The rows say it plainly: as many cells in nearly each of them. Not so for a file of one column. */
  readonly isSure: boolean;
}

const sampleLength = 64_000;
const sampleRows = 100;

/**
 * The sign that parts most rows into equally many cells, quoted ones left alone. A comma between digits counts less: where semicolons or tabs part as
 * evenly, it is a decimal's.
 */
export function guessSeparator(text: string): SeparatorGuess {
  const cut = text.slice(0, sampleLength);
  // Not half a row at the end.
  const sample = text.length > cut.length ? cut.slice(0, Math.max(cut.lastIndexOf("\n"), 1_000)) : cut;
  let best: { readonly separator: Separator; readonly score: number } = { separator: ",", score: 0 };
  for (const separator of separators) {
    if (separator === "none") continue;
    const score = evenness(sample, separator);
    if (score > best.score + 0.001) best = { separator, score };
  }
  const [first = ""] = sample.trimStart().split("\n", 1);
  if (best.score < 0.5 && !first.includes(best.separator)) return { separator: "none", isSure: false };
  return { separator: best.separator, isSure: best.score >= 0.75 };
}

/** 0 to about 1.2: the share of rows that have the commonest number of cells above one, and a little for many cells. */
function evenness(sample: string, separator: Separator): number {
  const widths = new Map<number, number>();
  let rows = 0;
  let decimals = 0;
  let seams = 0;
  Papa.parse<string[]>(sample, {
    delimiter: separator,
    preview: sampleRows,
    skipEmptyLines: "greedy",
    step: ({ data }) => {
      rows++;
      widths.set(data.length, (widths.get(data.length) ?? 0) + 1);
      for (let place = 1; place < Math.min(data.length, 50); place++) {
        seams++;
        if (separator === "," && /\d$/.test(data[place - 1] ?? "") && /^\d{1,3}(?:\D|$)/.test(data[place] ?? ""))
          decimals++;
      }
    },
  });
  const [columns = 1, count = 0] =
    [...widths].filter(([width]) => width > 1).sort(([left, many], [right, more]) => more - many || right - left)[0] ??
    [];
  if (columns < 2 || rows === 0) return 0;
  // Lines above the header, and notes below the rows, are of one cell: they speak for no separator and against none.
  const lone = count < 2 ? 0 : Math.min(widths.get(1) ?? 0, Math.max(2, Math.floor(rows * 0.2)), rows - 1);
  const even = count / Math.max(1, rows - lone);
  if (count < 2 && rows - lone > 1) return even * 0.4;
  const penalty = seams === 0 ? 0 : (decimals / seams) * 0.4;
  return even - penalty + Math.min(columns, 40) / 400;
}
