// biome-ignore-all lint/a11y/useSemanticElements: rows are drawn only where they are in sight, which table elements do not allow.
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus moves over cells; rows and headers take none.
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { Maximize2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { toast } from "@/components/ui/toaster";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { CellEditor } from "./cell-editor";
import { cellText, cellValue, pastedCells } from "./cell-value";
import type { Row } from "./use-row-edits";

const rowHeight = 36;

export interface DatasetGridProps {
  readonly name: string;
  readonly columns: readonly DatasetColumn[];
  readonly rows: readonly Row[];
  readonly selected: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  readonly onChange: (row: Row, change: { inputs?: Row["inputs"]; expected?: Row["expected"] }) => void;
  /** Cells pasted beyond the last row. */
  readonly onAdd: (rows: { inputs: Row["inputs"]; expected: Row["expected"] }[]) => void;
  readonly onUndo: () => void;
  readonly onOpen: (row: Row) => void;
  readonly onEnd?: () => void;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

const sideOf = ({ role }: DatasetColumn) => (role === "input" ? ("inputs" as const) : ("expected" as const));

/** Rows as a spreadsheet: arrows move, Enter or typing edits, Tab goes on, a copied block can be pasted, Ctrl+Z takes back. */
export function DatasetGrid(props: DatasetGridProps) {
  const { name, columns, rows, selected, onSelect, onChange, onAdd, onUndo, onOpen, onEnd } = props;
  const t = useTranslations("datasets");
  const scroller = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [editing, setEditing] = useState<{ readonly text: string } | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const visible = virtual.getVirtualItems();
  const last = visible.at(-1)?.index ?? -1;
  useEffect(() => {
    if (onEnd && last >= rows.length - 10 && rows.length > 0) onEnd();
  }, [last, rows.length, onEnd]);

  const template = `72px ${columns.map(() => "minmax(180px,1fr)").join(" ")} minmax(120px,180px) 88px`;
  const move = (rowBy: number, columnBy: number) => {
    const row = Math.min(rows.length - 1, Math.max(0, at.row + rowBy));
    const column = Math.min(columns.length - 1, Math.max(0, at.column + columnBy));
    setAt({ row, column });
    virtual.scrollToIndex(row);
    const find = () => scroller.current?.querySelector<HTMLElement>(`[data-cell="${row}/${column}"]`) ?? null;
    const cell = find();
    // At once, so that the next key is not lost; a cell out of sight is there only when it has been drawn.
    if (cell === null) requestAnimationFrame(() => find()?.focus({ preventScroll: true }));
    else cell.focus({ preventScroll: true });
  };
  const set = (place: Place, text: string): boolean => {
    const [row, column] = [rows[place.row], columns[place.column]];
    if (row === undefined || column === undefined) return true;
    const value = cellValue(text, column.kind);
    if (value === null) {
      toast.error(t("row.notJson"));
      return false;
    }
    const side = sideOf(column);
    if (cellText(row[side][column.name]) === cellText(value.value)) return true;
    const { [column.name]: _, ...others } = row[side];
    onChange(row, { [side]: value.value === undefined ? others : { ...others, [column.name]: value.value } });
    return true;
  };
  const commit = (text: string, rowBy: number, columnBy: number) => {
    if (!set(at, text)) return;
    setEditing(null);
    move(rowBy, columnBy);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (editing !== null || !(event.target instanceof HTMLElement) || event.target.dataset.cell === undefined) return;
    const { key } = event;
    const current = () => {
      const column = columns[at.column];
      return column === undefined ? "" : cellText(rows[at.row]?.[sideOf(column)][column.name]);
    };
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowUp: [-1, 0],
      ArrowDown: [1, 0],
      ArrowLeft: [0, -1],
      ArrowRight: [0, 1],
      PageDown: [15, 0],
      PageUp: [-15, 0],
    };
    const by = moves[key];
    if (by !== undefined) move(...by);
    else if (key === "Enter" || key === "F2") setEditing({ text: current() });
    else if (key === "Delete" || key === "Backspace") set(at, "");
    else if ((event.ctrlKey || event.metaKey) && key === "z") onUndo();
    else if (key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
      setEditing({ text: key === " " ? current() : key });
    else return;
    event.preventDefault();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (editing !== null) return;
    const block = pastedCells(event.clipboardData.getData("text/plain")).slice(0, 1_000);
    if (block.length === 0) return;
    event.preventDefault();
    const more: { inputs: Row["inputs"]; expected: Row["expected"] }[] = [];
    for (const [index, cells] of block.entries()) {
      const row = rows[at.row + index];
      const next = { inputs: { ...row?.inputs }, expected: { ...row?.expected } };
      for (const [place, text] of cells.entries()) {
        const column = columns[at.column + place];
        const value = column && cellValue(text, column.kind);
        if (column && value && value.value !== undefined) next[sideOf(column)][column.name] = value.value as never;
      }
      if (row === undefined) more.push(next);
      else onChange(row, next);
    }
    if (more.length > 0) onAdd(more);
  };
  const select = (id: string, on: boolean) => {
    const next = new Set(selected);
    if (on) next.add(id);
    else next.delete(id);
    onSelect(next);
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={t("page.grid", { name })}
      aria-rowcount={rows.length + 1}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
      className="min-h-0 flex-1 overflow-auto outline-none"
    >
      <div
        role="row"
        className="sticky top-0 z-20 grid h-9 min-w-fit items-center border-line border-b bg-surface text-faint text-xs"
        style={{ gridTemplateColumns: template }}
      >
        <span role="columnheader" aria-label="#" />
        {columns.map(({ name: column, role }) => (
          <span key={column} role="columnheader" className="flex items-center gap-1.5 truncate px-3">
            <span className="truncate font-medium text-fg">{column}</span>
            {t(`as.${role}`)}
          </span>
        ))}
        <span role="columnheader" className="px-3">
          {t("as.tags")}
        </span>
        <span role="columnheader" className="px-3">
          {t("as.split")}
        </span>
      </div>
      <div className="relative min-w-fit" style={{ height: virtual.getTotalSize() }}>
        {visible.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={row.id}
              role="row"
              aria-rowindex={index + 2}
              className={cn(
                "group absolute inset-x-0 grid min-w-fit border-line border-b",
                selected.has(row.id) && "bg-accent-soft",
              )}
              style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${start}px)` }}
            >
              <span role="gridcell" className="flex items-center gap-1 pl-5">
                <Checkbox
                  aria-label={t("page.select", { number: index + 1 })}
                  checked={selected.has(row.id)}
                  onCheckedChange={(on) => select(row.id, on === true)}
                />
                <IconButton
                  label={t("page.open", { number: index + 1 })}
                  size="sm"
                  className="opacity-0 focus-visible:opacity-100 group-hover:opacity-100 [&_svg]:size-3.5"
                  onClick={() => onOpen(row)}
                >
                  <Maximize2 />
                </IconButton>
              </span>
              {columns.map((column, place) => {
                const here = at.row === index && at.column === place;
                return (
                  <div
                    key={column.name}
                    role="gridcell"
                    data-cell={`${index}/${place}`}
                    tabIndex={here ? 0 : -1}
                    onFocus={() => setAt({ row: index, column: place })}
                    onDoubleClick={() => setEditing({ text: cellText(row[sideOf(column)][column.name]) })}
                    className={cn(
                      "relative flex items-center border-line border-l px-3 outline-none focus:z-10 focus:outline-2 focus:outline-ring focus:-outline-offset-2",
                      column.role === "expected" && "bg-hover/40",
                    )}
                  >
                    <span className="truncate">{cellText(row[sideOf(column)][column.name])}</span>
                    {here && editing !== null ? (
                      <CellEditor
                        label={column.name}
                        text={editing.text}
                        onCommit={commit}
                        onCancel={() => {
                          setEditing(null);
                          move(0, 0);
                        }}
                      />
                    ) : null}
                  </div>
                );
              })}
              <span role="gridcell" className="flex items-center gap-1 overflow-hidden border-line border-l px-3">
                {row.source === "model" ? <Badge tone="warn">{t("page.generated")}</Badge> : null}
                {row.tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
              </span>
              <span role="gridcell" className="flex items-center border-line border-l px-3 text-muted">
                {row.split === null ? "" : t(`split.${row.split}`)}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
