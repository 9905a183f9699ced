import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";

/** A value as it is shown and typed in a cell. */
export const cellText = (value: unknown): string =>
  value === undefined || value === null ? "" : typeof value === "string" ? value : JSON.stringify(value);

/** What was typed as a value of the column's kind; undefined for nothing, null where it is none of that kind. */
export const cellValue = (text: string, kind: DatasetColumn["kind"]): { readonly value: unknown } | null => {
  const trimmed = text.trim();
  if (trimmed === "") return { value: undefined };
  switch (kind) {
    case "text":
      return { value: text };
    case "number": {
      const number = Number(trimmed);
      return Number.isFinite(number) ? { value: number } : null;
    }
    case "boolean":
      if (/^(true|yes|1|是)$/i.test(trimmed)) return { value: true };
      return /^(false|no|0|否)$/i.test(trimmed) ? { value: false } : null;
    case "json":
    case "file":
      try {
        return { value: JSON.parse(trimmed) };
      } catch {
        return null;
      }
    default:
      return kind satisfies never;
  }
};

/** Cells of a block copied out of a spreadsheet: lines of tab-separated cells, those with line breaks in quotation marks. */
export const pastedCells = (text: string): string[][] => {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const endCell = () => {
    rows.at(-1)?.push(cell);
    cell = "";
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] as string;
    if (quoted) {
      if (character !== '"') cell += character;
      else if (text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"' && cell === "") quoted = true;
    else if (character === "\t") endCell();
    else if (character === "\n") {
      endCell();
      rows.push([]);
    } else if (character !== "\r") cell += character;
  }
  endCell();
  return rows.filter((row) => row.some((each) => each !== ""));
};
