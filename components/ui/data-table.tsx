// biome-ignore-all lint/a11y/useSemanticElements: rows are drawn only where they are in sight, which table elements do not allow.
// biome-ignore-all lint/a11y/useFocusableInteractive: a table that only shows takes no focus; its links and buttons do.
"use client";

import { createColumnHelper, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useMemo, useRef } from "react";
import { cn } from "./cn";
import { cellStyle, type DataColumn, DataRow, rowHeight } from "./data-row";
import { Skeleton } from "./skeleton";

export interface DataTableProps<Row> {
  /** Names the table for a screen reader. */
  readonly label: string;
  /** Keep stable (useMemo). */
  readonly rows: readonly Row[];
  /** Keep stable (useMemo). */
  readonly columns: readonly DataColumn<Row>[];
  readonly rowId: (row: Row) => string;
  readonly loading?: boolean;
  /** In place of rows when there are none. */
  readonly empty: ReactNode;
  /** Called when the last rows come into sight: load more. Leave out when there is no more. */
  readonly onEnd?: () => void;
  /** Set where no row has a link or a button, so that the keyboard can scroll all the same. */
  readonly scrollsByKey?: boolean;
  readonly className?: string;
}

const features = tableFeatures({});

/**
 * A list of any length: only the rows in sight are in the page. A row whose cell holds a `RowLink` is a link as a whole.
 * Fills its parent and scrolls by itself.
 */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { label, rows, columns, rowId, loading = false, empty, onEnd, scrollsByKey = false, className } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({
    features,
    data: rows as Row[],
    getRowId: rowId,
    columns: useMemo(() => {
      const helper = createColumnHelper<typeof features, Row>();
      return columns.map(({ id, header }) => helper.display({ id, header: () => header }));
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
  if (!loading && rows.length === 0)
    return <div className={cn("min-h-0 flex-1 overflow-y-auto", className)}>{empty}</div>;
  return (
    <div
      ref={scroller}
      role="table"
      tabIndex={scrollsByKey ? 0 : undefined}
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
              <div key={header.id} role="columnheader" className={cn("flex truncate", cellStyle(columns, index))}>
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
              <DataRow
                key={item.key}
                row={row.original}
                columns={columns}
                template={template}
                index={item.index}
                top={item.start}
              />
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
