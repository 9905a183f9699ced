export type CellKind = "empty" | "number" | "date" | "boolean" | "text";

const currency = /^(?:[$€£¥₹₩₽]|US\$|CNY|EUR|USD|RMB|GBP|JPY|CHF)\s?|\s?(?:[€%‰元円$]|kg|EUR|USD|CNY|CHF)$/gi;
const numeric =
  /^[-+(\u2212]?(?:\d{1,3}(?:[,.' \u00a0\u202f]\d{3}){0,6}|\d{1,30})(?:[.,]\d{1,20})?(?:e[-+]?\d{1,3})?\)?$/i;
const isoDate =
  /^\d{4}[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?月?$/;
const otherDate =
  /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?: \d{1,2}:\d{2}(?::\d{2})?)?$|^\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?$/i;
const longest = 40;

/** What a cell looks like; longer ones are text. */
export function cellKind(cell: string): CellKind {
  const text = cell.trim();
  if (text === "") return "empty";
  if (text.length > longest) return "text";
  if (isoDate.test(text) || otherDate.test(text)) return "date";
  if (numeric.test(text.replace(currency, ""))) return "number";
  return /^(?:true|false|yes|no|是|否)$/i.test(text) ? "boolean" : "text";
}

/** The kind of at least four in five filled cells; "mixed" where there is none such, "empty" where none is filled. */
export function columnKind(cells: readonly string[]): CellKind | "mixed" {
  const counts = new Map<CellKind, number>();
  let all = 0;
  for (const cell of cells) {
    const kind = cellKind(cell);
    if (kind === "empty") continue;
    all++;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  if (all === 0) return "empty";
  const [kind = "text", count = 0] = [...counts].sort(([, left], [, right]) => right - left)[0] ?? [];
  return count >= all * 0.8 ? kind : "mixed";
}
