/** What a cell may hold. Objects and lists are written as JSON, null and undefined as nothing. */
export type CsvValue = unknown;

/** Nothing is seen of them, and spreadsheets leave them out before they look whether a cell is a formula. */
const unseen = /^[\s\p{Cc}\p{Cf}\p{Zs}\u115f\u1160\u2800\u3164\uffa0]$/u;
const signs = new Set(["=", "+", "-", "@"]);
/** What every program reads as the number it is; an apostrophe would make it a text. */
const plainNumber = /^[-+]?\d{1,400}(?:\.\d{1,400})?(?:[eE][-+]?\d{1,4})?$/;

/**
 * Whether a spreadsheet might take a text for a formula: it begins with `= + - @`, also as a full-width or small form, or behind white space, control
 * characters and signs of no width; or it begins with such a control character itself. A plain number is none.
 */
export const looksLikeFormula = (text: string): boolean => {
  if (text === "" || plainNumber.test(text)) return false;
  let first = true;
  for (const sign of text) {
    if (!unseen.test(sign)) return signs.has(sign.normalize("NFKC"));
    // A tab or a line's end at the start moves what follows into a cell of its own in some programs.
    if (first && /[\t\r\n\0]/.test(sign)) return true;
    first = false;
  }
  return false;
};

/** A cell that a spreadsheet neither splits nor takes for a formula; what could be one begins with an apostrophe. */
export const csvCell = (value: CsvValue): string => {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean" || typeof value === "bigint" || Number.isFinite(value)) return String(value);
  // Of numbers those without end are left, which a spreadsheet reads as a name behind a sign.
  const text =
    typeof value === "string" || typeof value === "number"
      ? String(value)
      : value instanceof Date
        ? value.toISOString()
        : JSON.stringify(value);
  const safe = looksLikeFormula(text) ? `'${text}` : text;
  return /[",;|\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** One line of a table with its line end, as RFC 4180 writes it. */
export const csvLine = (cells: readonly CsvValue[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** Spreadsheets read a text file as UTF-8 only where it begins with this mark. */
export const byteOrderMark = "\uFEFF";
