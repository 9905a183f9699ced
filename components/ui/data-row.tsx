// biome-ignore-all lint/a11y/useSemanticElements: rows are drawn only where they are in sight, which table elements do not allow.
// biome-ignore-all lint/a11y/useFocusableInteractive: a table that only shows takes no focus; its links and buttons do.
import { memo, type ReactNode } from "react";
import { cn } from "./cn";

export const rowHeight = 44;

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: ReactNode;
  /** One grid track, e.g. `120px` or `minmax(200px,1fr)`. */
  readonly width: string;
  readonly align?: "start" | "end";
  readonly cell: (row: Row) => ReactNode;
}

/** A column of words after one of figures keeps away from it: the figures end where the words would begin. */
export const cellStyle = <Row,>(columns: readonly DataColumn<Row>[], index: number): string =>
  cn(
    "min-w-0",
    columns[index]?.align === "end" ? "justify-end text-right" : columns[index - 1]?.align === "end" && "pl-5",
  );

export interface DataRowProps<Row> {
  readonly row: Row;
  readonly columns: readonly DataColumn<Row>[];
  /** All columns' tracks. */
  readonly template: string;
  /** From 0. */
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
}

const DrawnRow = <Row,>({ row, columns, template, index, top }: DataRowProps<Row>) => (
  <div
    role="row"
    aria-rowindex={index + 2}
    className="absolute inset-x-0 top-0 grid items-center gap-4 border-line border-b px-5 hover:bg-hover/60 [&_button]:relative [&_button]:z-10"
    style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${top}px)` }}
  >
    {columns.map((column, place) => (
      <div key={column.id} role="cell" className={cn("flex items-center text-muted", cellStyle(columns, place))}>
        {column.cell(row)}
      </div>
    ))}
  </div>
);

/** Drawn again only when its own facts change: scrolling past thousands draws just the rows that come into sight. */
export const DataRow = memo(DrawnRow) as typeof DrawnRow;
