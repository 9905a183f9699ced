import { z } from "zod";
import { columnKinds, type DatasetColumn, type DatasetSplit, datasetSplits } from "@/runtime/eval/contract/dataset-row";
import { parseExactJson } from "@/runtime/node/exact-json";
import { atOnce, type Steps } from "@/runtime/node/steps";
import type { ImportedTable } from "@/runtime/table/import-table";
import { readNumber } from "@/runtime/text/read-number";
import { columnInput } from "./dataset-columns";
import { datasetLimits } from "./dataset-limits";
import { type NewRow, newRow } from "./new-row";

type Table = Pick<ImportedTable, "columns" | "rows">;

/** What a column of a table becomes. */
export const mappedColumn = z.discriminatedUnion("as", [
  z.strictObject({
    as: z.enum(["input", "expected"]),
    name: columnInput.shape.name,
    kind: z.enum(columnKinds).default("text"),
  }),
  z.strictObject({ as: z.enum(["tags", "weight", "split", "group", "skip"]) }),
]);
export type MappedColumn = z.output<typeof mappedColumn>;

/** Of a table; most of them may be skipped. */
export const mostTableColumns = 200;

/** One a column of the table, in order. */
export const tableMapping = z.array(mappedColumn).max(mostTableColumns);

export interface LeftOutRows {
  readonly reason:
    | "no-inputs"
    | "not-a-number"
    | "too-many-digits"
    | "not-a-boolean"
    | "not-json"
    | "too-long"
    | "bad-weight"
    | "bad-split";
  readonly count: number;
  /** The first places; rows count from 1, the header not included. */
  readonly rows: readonly number[];
}

const expectedNames =
  /^(expected|answer|reference|target|label|category|intent|class|gold|truth|output|department|sentiment|期望|答案|参考答案|标签|类别|部门|情感)/i;
const special: readonly (readonly [RegExp, MappedColumn["as"]])[] = [
  [/^(tags?|标签组|分组标签)$/i, "tags"],
  [/^(weight|权重)$/i, "weight"],
  [/^(split|fold|partition|划分|数据集)$/i, "split"],
  [/^(group|conversation|会话|组)$/i, "group"],
  [/^(id|row ?id|编号|序号)$/i, "skip"],
];

const kindOf = (cells: readonly string[]): DatasetColumn["kind"] => {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  if (filled.length === 0) return "text";
  // Written again it must be the same text: 1.10, 007, +49 and the digits of a card are none.
  if (filled.every((cell) => /^-?\d{1,15}(?:\.\d{1,15})?$/.test(cell) && String(Number(cell)) === cell))
    return "number";
  if (filled.every((cell) => /^(true|false)$/i.test(cell))) return "boolean";
  return "text";
};

/** A first proposal: by the columns' names; the last text column that repeats itself is what is expected, the others are inputs. */
export const guessTableMapping = ({ columns, rows }: Table): MappedColumn[] => {
  const sample = rows.slice(0, 500);
  const guessed = columns.map((name, place): MappedColumn => {
    const found = special.find(([pattern]) => pattern.test(name.trim()))?.[1];
    if (found !== undefined) return { as: found } as MappedColumn;
    const as = expectedNames.test(name.trim()) ? "expected" : "input";
    return {
      as,
      name: name.slice(0, datasetLimits.columnNameCharacters),
      kind: kindOf(sample.map((row) => row[place] ?? "")),
    };
  });
  const inputs = guessed.flatMap((each, place) => (each.as === "input" ? [place] : []));
  const variety = (place: number) => new Set(sample.map((row) => row[place])).size;
  const last = inputs.at(-1);
  if (
    inputs.length > 1 &&
    last !== undefined &&
    !guessed.some(({ as }) => as === "expected") &&
    variety(last) < sample.length / 2
  )
    guessed[last] = { ...(guessed[last] as Extract<MappedColumn, { name: string }>), as: "expected" };
  return guessed;
};

/** Separators between tags in one cell. */
const tagSeparator = /[|;,，；、]/u;

type Cell = { readonly value: unknown } | { readonly problem: LeftOutRows["reason"] } | null;

const cellOf = (text: string, kind: DatasetColumn["kind"]): Cell => {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  switch (kind) {
    case "number": {
      const number = readNumber(trimmed);
      if (number === null) return { problem: "not-a-number" };
      return number.exact === undefined ? { value: number.value } : { problem: "too-many-digits" };
    }
    case "boolean":
      if (/^(true|yes|1|是)$/i.test(trimmed)) return { value: true };
      return /^(false|no|0|否)$/i.test(trimmed) ? { value: false } : { problem: "not-a-boolean" };
    case "json":
    case "file":
      try {
        return { value: parseExactJson(trimmed) };
      } catch {
        return { problem: "not-json" };
      }
    case "text":
      return { value: text };
    default:
      return kind satisfies never;
  }
};

const storable = (text: string): string => text.replaceAll("\u0000", "").toWellFormed();

/** Rows of a dataset out of a table; what could not be taken is counted by reason with its first places, never silently lost. */
export const mapTable = (table: Table, mapping: readonly MappedColumn[]): MappedTable =>
  atOnce(mapTableSteps(table, mapping));

interface MappedTable {
  readonly columns: DatasetColumn[];
  readonly rows: NewRow[];
  readonly leftOut: LeftOutRows[];
}

/** The same, left after each row. */
export function* mapTableSteps({ rows }: Table, mapping: readonly MappedColumn[]): Steps<MappedTable> {
  const left = new Map<LeftOutRows["reason"], { count: number; rows: number[] }>();
  const leave = (reason: LeftOutRows["reason"], row: number) => {
    const entry = left.get(reason) ?? { count: 0, rows: [] };
    left.set(reason, entry);
    entry.count += 1;
    if (entry.rows.length < 5) entry.rows.push(row);
  };
  const taken: NewRow[] = [];
  for (const [index, cells] of rows.entries()) {
    yield;
    const inputs: Record<string, unknown> = {};
    const expected: Record<string, unknown> = {};
    const row: { tags: string[]; weight: number; split: DatasetSplit | null; group: string | null } = {
      tags: [],
      weight: 1,
      split: null,
      group: null,
    };
    let problem: LeftOutRows["reason"] | null = null;
    for (const [place, column] of mapping.entries()) {
      const text = storable(cells[place] ?? "");
      const trimmed = text.trim();
      if (column.as === "skip" || trimmed === "") continue;
      if (column.as === "input" || column.as === "expected") {
        const cell = cellOf(text, column.kind);
        if (cell === null) continue;
        if ("problem" in cell) problem ??= cell.problem;
        else (column.as === "input" ? inputs : expected)[column.name] = cell.value;
      } else if (column.as === "tags") {
        const tags = trimmed.split(tagSeparator).map((tag) => tag.trim().slice(0, datasetLimits.tagCharacters));
        row.tags.push(...tags.filter((tag) => tag !== ""));
      } else if (column.as === "weight") {
        const weight = Number(trimmed);
        if (weight > 0 && weight <= datasetLimits.weight) row.weight = weight;
        else problem ??= "bad-weight";
      } else if (column.as === "split") {
        const name = trimmed.toLowerCase().replace(/^(dev|valid|val)$/, "validation");
        const split = datasetSplits.find((each) => each === name);
        if (split === undefined) problem ??= "bad-split";
        else row.split = split;
      } else row.group = trimmed.slice(0, datasetLimits.groupCharacters);
    }
    if (problem === null && Object.keys(inputs).length === 0) problem = "no-inputs";
    const parsed =
      problem === null
        ? newRow.safeParse({ inputs, expected, ...row, tags: row.tags.slice(0, datasetLimits.tags), source: "file" })
        : null;
    if (parsed?.success) taken.push(parsed.data);
    else leave(problem ?? "too-long", index + 1);
  }
  const columns = mapping.flatMap((column): DatasetColumn[] =>
    column.as === "input" || column.as === "expected"
      ? [{ name: column.name, role: column.as, kind: column.kind }]
      : [],
  );
  return { columns, rows: taken, leftOut: [...left].map(([reason, entry]) => ({ reason, ...entry })) };
}
