"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useRef } from "react";
import { cn } from "@/components/ui/cn";
import { placeAfter } from "./place-after";

interface ConfusionMatrixProps {
  /** Of rows (what was expected) and columns (what was answered). */
  readonly labels: readonly string[];
  readonly counts: readonly (readonly number[])[];
  /** Labels that stand for several others: their cells open nothing. */
  readonly folded?: ReadonlySet<number>;
  /** Shows the rows behind a cell. */
  readonly onOpen?: ((actual: number, predicted: number) => void) | undefined;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
const headStyle = "bg-surface font-normal text-muted";

/**
 * Which labels are taken for which; right answers lie on the diagonal. The darker, the larger the cell's share of its row, so that rare labels are seen like frequent
 * ones. Scrolls by itself, its labels stay in sight; the arrow keys move between the cells.
 */
export function ConfusionMatrix({ labels: found, counts, folded, onOpen }: ConfusionMatrixProps) {
  const t = useTranslations("evaluation.confusion");
  const labels = found.map((label) => label || t("empty"));
  const table = useRef<HTMLTableElement>(null);
  const rowTotals = labels.map((_, row) => sum(counts[row] ?? []));
  const columnTotals = labels.map((_, column) => sum(counts.map((line) => line[column] ?? 0)));
  const places = labels.map((_, place) => place);
  // What nobody expected has no row, what neither was expected nor answered no column: a variant's matrix is not filled up with the words of another one.
  const rows = places.filter((row) => (rowTotals[row] ?? 0) > 0);
  const columns = places.filter((column) => (rowTotals[column] ?? 0) + (columnTotals[column] ?? 0) > 0);
  const opens = (row: number, column: number) =>
    onOpen !== undefined && (counts[row]?.[column] ?? 0) > 0 && !folded?.has(row) && !folded?.has(column);
  // One stop for the Tab key: the first cell that opens.
  const first = labels.flatMap((_, row) =>
    labels.flatMap((__, column) => (opens(row, column) ? [[row, column]] : [])),
  )[0];
  const move = (event: KeyboardEvent<HTMLButtonElement>, row: number, column: number) => {
    const next = placeAfter(event.key, [row, column], labels.length, opens);
    if (next === null) return;
    event.preventDefault();
    const [line, place] = next;
    table.current?.querySelector<HTMLElement>(`[data-cell="${line},${place}"]`)?.focus();
  };
  return (
    <section
      aria-label={t("title")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by keyboard.
      tabIndex={0}
      className="max-h-[70vh] max-w-full overflow-auto rounded-lg border border-line bg-surface"
      data-testid="confusion"
    >
      <table ref={table} className="border-separate border-spacing-0 p-3 text-xs">
        <caption className="sr-only">{t("title")}</caption>
        <thead>
          <tr>
            <td className="sticky top-0 left-0 z-20 bg-surface pr-2 pb-1 text-right align-bottom text-faint">
              {t("corner")}
            </td>
            {columns.map((column) => (
              <th key={column} scope="col" className={cn(headStyle, "sticky top-0 z-10 h-32 w-9 pb-1 align-bottom")}>
                <span
                  className="mx-auto block max-h-30 rotate-180 truncate text-left [writing-mode:vertical-rl]"
                  title={labels[column]}
                >
                  {labels[column]}
                </span>
              </th>
            ))}
            <th scope="col" className={cn(headStyle, "sticky top-0 z-10 min-w-14 pb-1 pl-3 text-right align-bottom")}>
              {t("total")}
            </th>
            <th scope="col" className={cn(headStyle, "sticky top-0 z-10 min-w-14 pb-1 pl-3 text-right align-bottom")}>
              {t("right")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th
                scope="row"
                className={cn(headStyle, "sticky left-0 z-10 max-w-48 truncate pr-2 text-right")}
                title={labels[row]}
              >
                {labels[row]}
              </th>
              {columns.map((column) => {
                const [actual = "", predicted = ""] = [labels[row], labels[column]];
                const count = counts[row]?.[column] ?? 0;
                const total = rowTotals[row] ?? 0;
                const said = t("cell", { actual, predicted, count, share: total === 0 ? 0 : count / total });
                const hue = row === column ? "var(--ok)" : "var(--error)";
                const shade = Math.round(8 + 34 * (total === 0 ? 0 : count / total));
                return (
                  <td key={column} className="p-px">
                    {count === 0 ? (
                      <span className="block h-7 min-w-9 rounded-sm bg-hover" />
                    ) : (
                      <Cell
                        said={said}
                        background={`color-mix(in oklab, ${hue} ${shade}%, var(--surface))`}
                        place={`${row},${column}`}
                        tabIndex={first?.[0] === row && first[1] === column ? 0 : -1}
                        onOpen={opens(row, column) ? () => onOpen?.(row, column) : undefined}
                        onKeyDown={(event) => move(event, row, column)}
                      >
                        {count}
                      </Cell>
                    )}
                  </td>
                );
              })}
              <td className="tabular pl-3 text-right text-fg">{rowTotals[row]}</td>
              <td className="tabular pl-3 text-right text-muted">
                {rowTotals[row] ? t("share", { share: (counts[row]?.[row] ?? 0) / (rowTotals[row] ?? 1) }) : "–"}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={cn(headStyle, "sticky left-0 z-10 pt-1 pr-2 text-right")}>
              {t("total")}
            </th>
            {columns.map((column) => (
              <td key={column} className="tabular pt-1 text-center text-fg">
                {columnTotals[column]}
              </td>
            ))}
            <td className="tabular pt-1 pl-3 text-right font-medium text-fg">{sum(rowTotals)}</td>
            <td className="tabular pt-1 pl-3 text-right font-medium text-fg">
              {sum(rowTotals) > 0
                ? t("share", { share: sum(places.map((place) => counts[place]?.[place] ?? 0)) / sum(rowTotals) })
                : "–"}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface CellProps {
  /** The whole sentence, for whoever hovers or listens. */
  readonly said: string;
  readonly background: string;
  readonly place: string;
  readonly tabIndex: number;
  readonly onOpen: (() => void) | undefined;
  readonly onKeyDown: (event: KeyboardEvent<HTMLButtonElement>) => void;
  readonly children: number;
}

function Cell({ said, background, place, tabIndex, onOpen, onKeyDown, children }: CellProps) {
  const className = "tabular flex h-7 w-full min-w-9 items-center justify-center rounded-sm px-1 text-fg";
  return onOpen === undefined ? (
    <span title={said} className={className} style={{ background }}>
      {children}
    </span>
  ) : (
    <button
      type="button"
      title={said}
      aria-label={said}
      data-cell={place}
      tabIndex={tabIndex}
      className={cn(className, "hover:outline hover:outline-1 hover:outline-fg")}
      style={{ background }}
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      {children}
    </button>
  );
}
