import { atOnce, type Steps } from "../node/steps";
import type { ImportedTable } from "../table/import-table";
import type { LabelledRow } from "./labelled-row";
import { trainingLimits } from "./limits";

type Table = Pick<ImportedTable, "columns" | "rows">;

/** Which columns hold what; `split` may say "train" or "test" (also "dev", "validation", "valid", "val": kept for training). */
export interface ColumnMapping {
  readonly text: string;
  readonly label: string;
  readonly split?: string | null;
}

/** What could not be taken, with the first places (rows count from 1, the header not included). */
export interface LeftOut {
  readonly reason: "no-text" | "no-label" | "text-too-long" | "label-too-long";
  readonly count: number;
  readonly rows: readonly number[];
}

const textNames = /^(text|sentence|utterance|message|content|input|query|question|文本|内容|问题|句子)$/i;
const labelNames = /^(label|category|intent|class|output|target|tag|topic|sentiment|标签|类别|意图|分类|情感)$/i;
const splitNames = /^(split|set|partition|fold|数据集|划分)$/i;

/** A first proposal: by the columns' names, else the longest texts as text and the fewest different values as label. */
export const guessMapping = ({ columns, rows }: Table): ColumnMapping => {
  const sample = rows.slice(0, 500);
  const length = (index: number) => sample.reduce((sum, row) => sum + (row[index]?.length ?? 0), 0);
  const variety = (index: number) => new Set(sample.map((row) => row[index])).size;
  const places = columns.map((_, index) => index);
  const named = (pattern: RegExp) => places.find((index) => pattern.test(columns[index] ?? ""));
  const text = named(textNames) ?? places.toSorted((left, right) => length(right) - length(left))[0] ?? 0;
  const others = places.filter((index) => index !== text);
  const label =
    others.find((index) => labelNames.test(columns[index] ?? "")) ??
    others.filter((index) => variety(index) > 1).toSorted((left, right) => variety(left) - variety(right))[0] ??
    others[0] ??
    text;
  const split = named(splitNames);
  return {
    text: columns[text] ?? "",
    label: columns[label] ?? "",
    split: split === undefined ? null : (columns[split] ?? null),
  };
};

/** Rows with both a text and a label; the others are counted by reason, never silently lost. */
export const toLabelledRows = (table: Table, mapping: ColumnMapping): LabelledTable =>
  atOnce(labelledRowSteps(table, mapping));

interface LabelledTable {
  readonly rows: LabelledRow[];
  readonly leftOut: LeftOut[];
}

/** Places of one reason that are named. */
const mostPlaces = 5;

/** The same, left after each row. */
export function* labelledRowSteps({ columns, rows }: Table, mapping: ColumnMapping): Steps<LabelledTable> {
  const place = (name: string | null | undefined) => (name == null ? -1 : columns.indexOf(name));
  const [textAt, labelAt, splitAt] = [place(mapping.text), place(mapping.label), place(mapping.split)];
  const taken: LabelledRow[] = [];
  const left = new Map<LeftOut["reason"], { count: number; readonly rows: number[] }>();
  const leave = (reason: LeftOut["reason"], row: number) => {
    const entry = left.get(reason) ?? { count: 0, rows: [] };
    left.set(reason, entry);
    entry.count += 1;
    if (entry.rows.length < mostPlaces) entry.rows.push(row);
  };
  for (const [index, cells] of rows.entries()) {
    yield;
    const text = storable(cells[textAt] ?? "").trim();
    const label = storable(cells[labelAt] ?? "")
      .replace(/\s+/g, " ")
      .trim();
    if (text === "") leave("no-text", index + 1);
    else if (label === "") leave("no-label", index + 1);
    else if (text.length > trainingLimits.textCharacters) leave("text-too-long", index + 1);
    else if (label.length > trainingLimits.labelCharacters) leave("label-too-long", index + 1);
    else {
      const split = (cells[splitAt] ?? "").trim().toLowerCase();
      taken.push({ text, label, ...(split === "test" ? { split } : split === "" ? {} : { split: "train" as const }) });
    }
  }
  return { rows: taken, leftOut: [...left].map(([reason, entry]) => ({ reason, ...entry })) };
}

/** Without what a database cannot keep: NUL and halves of surrogate pairs. */
const storable = (text: string): string => text.replaceAll("\u0000", "").toWellFormed();
