import { containerOf } from "@/runtime/run/frame-path";
import type { TraceRow } from "./trace-rows";

export interface VisibleRow {
  readonly row: TraceRow;
  /** 0 for a step of the pipeline itself. */
  readonly depth: number;
  /** Whether other rows lie in it. */
  readonly holds: boolean;
  readonly open: boolean;
}

/** Key of the row that a row lies in; null for a step of the pipeline itself. */
export const parentKey = ({ path }: Pick<TraceRow, "path">): string | null => {
  const container = containerOf(path);
  if (container !== null) return container.join("/");
  return path.length === 1 ? null : path.slice(0, -1).join("/");
};

/** Keys of all rows that a path lies in, so that it can be shown. */
export const keysAround = (path: readonly string[]): readonly string[] => {
  const keys: string[] = [];
  for (let key = parentKey({ path }); key !== null; key = parentKey({ path: key.split("/") })) keys.push(key);
  return keys;
};

/** Rows in the order of a tree: a container, then its frames, then the steps in them, where they are unfolded. */
export const visibleRows = (rows: readonly TraceRow[], unfolded: ReadonlySet<string>): readonly VisibleRow[] => {
  const inside = new Map<string | null, TraceRow[]>();
  for (const row of rows) {
    const parent = parentKey(row);
    const list = inside.get(parent);
    if (list) list.push(row);
    else inside.set(parent, [row]);
  }
  const visible: VisibleRow[] = [];
  const show = (parent: string | null, depth: number) => {
    for (const row of inside.get(parent) ?? []) {
      const holds = inside.has(row.key);
      const open = holds && unfolded.has(row.key);
      visible.push({ row, depth, holds, open });
      if (open) show(row.key, depth + 1);
    }
  };
  show(null, 0);
  return visible;
};
