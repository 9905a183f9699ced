// biome-ignore-all lint/a11y/useSemanticElements: rows are drawn only where they are in sight, which table elements do not allow.
// biome-ignore-all lint/a11y/useFocusableInteractive: a table that only shows takes no focus; its links and buttons do.
"use client";

import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { cn } from "./cn";
import { Skeleton } from "./skeleton";

export interface DataColumn<Row> {
  readonly id: string;
  readonly header: ReactNode;
  /** One grid track, e.g. `120px` or `minmax(200px,1fr)`. */
  readonly width: string;
  readonly align?: "start" | "end";
  readonly cell: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  /** Names the table for a screen reader. */
  readonly label: string;
  readonly rows: readonly Row[];
  /** Keep stable (useMemo). */
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  readonly loading?: boolean;
  /** In place of rows when there are none. */
  readonly empty: ReactNode;
  /** Called when the last rows come into sight: load more. Leave out when there is no more. */
  readonly onEnd?: () => void;
  readonly className?: string;
}

const rowHeight = 44;
const features = tableFeatures({});

/**
 * A list of any length: only the rows in sight are in the page. A row whose cell holds a `RowLink` is a link as a whole.
 * Fills its parent and scrolls by itself.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowId, loading = false, empty, onEnd, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    data: rows as Row[],
    getRowId: rowId,
    columns: useMemo(() => {
      const helper = createColumnHelper<typeof features, Row>();
      return columns.map(({ id, header, cell }) =>
        helper.display({ id, header: () => header, cell: ({ row }) => cell(row.original) }),
      );
    }, [columns]),
  });
  const model = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => model[index]?.id ?? index,
  });
  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEnd && last >= model.length - 8 && model.length > 0) onEnd();
  }, [last, model.length, onEnd]);

  const template = columns.map((column) => column.width).join(" ");
  const cellStyle = (index: number) =>
    cn("min-w-0", columns[index]?.align === "end" ? "justify-end text-right" : undefined);
  if (!loading && rows.length === 0)
    return <div className={cn("min-h-0 flex-1 overflow-y-auto", className)}>{empty}</div>;
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={onEnd ? -1 : model.length + 1}
      aria-busy={loading || undefined}
      className={cn("min-h-0 flex-1 overflow-auto", className)}
    >
      <div role="rowgroup" className="sticky top-0 z-20 bg-surface">
        {table.getHeaderGroups().map((group) => (
          <div
            key={group.id}
            role="row"
            aria-rowindex={1}
            className="grid h-9 min-w-fit items-center gap-4 border-line border-b px-5 text-faint text-xs"
            style={{ gridTemplateColumns: template }}
          >
            {group.headers.map((header, index) => (
              <div key={header.id} role="columnheader" className={cn("flex truncate", cellStyle(index))}>
                <table.FlexRender header={header} />
              </div>
            ))}
          </div>
        ))}
      </div>
      {loading ? (
        <SkeletonRows />
      ) : (
        <div role="rowgroup" className="relative min-w-fit" style={{ height: virtual.getTotalSize() }}>
          {visible.map((item) => {
            const row = model[item.index];
            if (!row) return null;
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                className="absolute inset-x-0 top-0 grid items-center gap-4 border-line border-b px-5 transition-colors hover:bg-hover/60 [&_button]:relative [&_button]:z-10"
                style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${item.start}px)` }}
              >
                {row.getAllCells().map((cell, index) => (
                  <div key={cell.id} role="cell" className={cn("flex items-center text-muted", cellStyle(index))}>
                    <table.FlexRender cell={cell} />
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      )}
    </div>
  );
}

function SkeletonRows() {
  return (
    <div className="flex flex-col">
      {Array.from({ length: 8 }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity.
        <div key={index} className="flex h-11 items-center gap-4 border-line border-b px-5">
          <Skeleton className="h-3 w-1/4" />
          <Skeleton className="h-3 w-1/6" />
          <Skeleton className="ml-auto h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
