import { format } from "numfmt";
import { attribute, readXml } from "@/runtime/knowledge/parse/read-xml";
import type { ZipFile } from "@/runtime/knowledge/parse/zip-file";

/** Formats that a workbook names by a number only. Dates whose order depends on the reader's country are written by ISO 8601. */
const builtIn: Readonly<Record<number, string>> = {
  1: "0",
  2: "0.00",
  3: "#,##0",
  4: "#,##0.00",
  9: "0%",
  10: "0.00%",
  11: "0.00E+00",
  12: "# ?/?",
  13: "# ??/??",
  14: "yyyy-mm-dd",
  15: "d-mmm-yy",
  16: "d-mmm",
  17: "mmm-yy",
  18: "h:mm AM/PM",
  19: "h:mm:ss AM/PM",
  20: "h:mm",
  21: "h:mm:ss",
  22: "yyyy-mm-dd hh:mm",
  37: "#,##0;(#,##0)",
  38: "#,##0;(#,##0)",
  39: "#,##0.00;(#,##0.00)",
  40: "#,##0.00;(#,##0.00)",
  45: "mm:ss",
  46: "[h]:mm:ss",
  47: "mm:ss.0",
  48: "##0.0E+0",
};

/** 27 to 36 and 50 to 58 are the dates and times of East Asian editions. */
const builtInCode = (id: number): string => {
  if (id >= 32 && id <= 35) return "h:mm";
  if ((id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return "yyyy-mm-dd";
  return builtIn[id] ?? "General";
};

/** The format code of each cell style, by its index. */
export async function formatCodes(zip: ZipFile, part: string): Promise<readonly string[]> {
  const own = new Map<number, string>();
  const codes: string[] = [];
  let inCells = false;
  if (!zip.has(part)) return codes;
  await readXml(zip, part, {
    open: (name, attributes) => {
      const id = Number(attribute(attributes, "numFmtId") ?? 0);
      if (name === "numFmt") own.set(id, attribute(attributes, "formatCode") ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) codes.push(own.get(id) ?? builtInCode(id));
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return codes;
}

/** Days between the two calendars of workbooks, 1900 and 1904. */
const calendars = 1462;
const longestCode = 300;

/** Whether a code shows a day, month or year; a time or a span of hours is the same in both calendars. */
const hasDay = (code: string): boolean => /[yd]|mmm/i.test(code.replace(/"[^"]*"|\\.|\[[^\][]*\]/g, ""));

/** All digits of a whole number of 16 or more, as they stand in the file, also behind a power of ten (1.234567890123457E+16); null for any other. */
const wholeDigits = (raw: string): string | null => {
  if (/^-?\d{16,}$/.test(raw)) return raw;
  const [, sign = "", whole = "", fraction = "", power = ""] = /^(-?)(\d)\.(\d{1,20})[eE]\+?(\d{1,2})$/.exec(raw) ?? [];
  const places = Number(power);
  return power !== "" && places >= 15 && places <= 20 && fraction.length <= places
    ? `${sign}${whole}${fraction.padEnd(places, "0")}`
    : null;
};

/**
 * A number as the spreadsheet shows it: 01234, 36:00, INV-0007. Without a format of its own all of its digits, also those that a double has not, but
 * none that only binary fractions have.
 */
export function showNumber(raw: string, code: string, startsIn1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  const plain = wholeDigits(raw.trim()) ?? String(Number(value.toPrecision(15)));
  if (/^(?:general|@|0|#)?$/i.test(code) && (code !== "0" || Number.isInteger(value))) return plain;
  if (code.length > longestCode || (value < 0 && hasDay(code))) return plain;
  try {
    const shown = format(code, startsIn1904 && hasDay(code) ? value + calendars : value, {
      dateErrorThrows: true,
    });
    return shown.replace(/\s+/g, " ").trim() || plain;
  } catch {
    // A code that no program wrote, or a day before the calendar.
    return plain;
  }
}
