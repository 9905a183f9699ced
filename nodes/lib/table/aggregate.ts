import { fail, ok, type Result } from "@/runtime/graph/result";
import { getOwn, setOwn } from "@/runtime/node/record";
import { excerpt, readable } from "../readable";
import { compareCells, isBlank } from "./compare-cells";
import type { Row } from "./read-table";

export const aggregateFunctions = ["count", "sum", "mean", "min", "max"] as const;
export type AggregateFunction = (typeof aggregateFunctions)[number];

export interface Aggregate {
  readonly function: AggregateFunction;
  /** May be empty for `count`, which then counts rows. */
  readonly column: string;
  /** Of the new column; empty: `sum of price`. */
  readonly name: string;
}

export const aggregateName = ({ function: what, column, name }: Aggregate): string =>
  name !== "" ? name : column === "" ? what : `${what} of ${column}`;

/** One row for each combination of values in the columns of `by`, in the order in which they first appear; one in all where `by` is empty. */
export const groupRows = (
  rows: readonly Row[],
  by: readonly string[],
  aggregates: readonly Aggregate[],
): Result<readonly Row[], string> => {
  const groups = new Map<string, Row[]>();
  if (by.length === 0) groups.set("[]", []);
  for (const row of rows) {
    const key = JSON.stringify(by.map((column) => getOwn(row, column) ?? null));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const grouped: Row[] = [];
  for (const group of groups.values()) {
    const made: Record<string, unknown> = {};
    for (const column of by) setOwn(made, column, getOwn(group[0] ?? {}, column) ?? null);
    for (const aggregate of aggregates) {
      const value = totalOf(aggregate, group);
      if (!value.ok) return value;
      setOwn(made, aggregateName(aggregate), value.value);
    }
    grouped.push(made);
  }
  return ok(grouped);
};

/** null where a group has no cell to reckon with. */
const totalOf = ({ function: what, column }: Aggregate, rows: readonly Row[]): Result<unknown, string> => {
  if (column === "") return ok(rows.length);
  const cells = rows.map((row) => getOwn(row, column)).filter((cell) => !isBlank(cell));
  switch (what) {
    case "count":
      return ok(cells.length);
    case "min":
    case "max": {
      const sorted = cells.map(plain).sort(compareCells);
      return ok((what === "min" ? sorted[0] : sorted.at(-1)) ?? null);
    }
    case "sum":
    case "mean": {
      let sum = 0;
      for (const cell of cells) {
        const number = plain(cell);
        if (typeof number !== "number") return fail(`"${excerpt(cell, 40)}" in the column "${column}" is no number.`);
        sum += number;
      }
      const value = what === "sum" ? sum : cells.length === 0 ? null : sum / cells.length;
      // The last digit of a double is noise: 0.1 + 0.2 is 0.3 here.
      return ok(value === null ? null : Number(value.toPrecision(15)));
    }
    default:
      return what satisfies never;
  }
};

const plain = (cell: unknown): unknown => {
  if (typeof cell !== "string") return cell;
  const number = Number(cell);
  return cell.trim() !== "" && Number.isFinite(number) ? number : readable(cell);
};
