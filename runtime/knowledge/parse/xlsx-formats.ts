import { attribute, readXml } from "./read-xml";
import type { ZipFile } from "./zip-file";

export type CellFormat = "plain" | "date" | "date-time" | "time" | "percent";

/** What each cell style shows a number as, by its index. */
export async function cellFormats(zip: ZipFile, part: string): Promise<readonly CellFormat[]> {
  const codes = new Map<number, string>();
  const formats: CellFormat[] = [];
  let inCells = false;
  if (!zip.has(part)) return formats;
  await readXml(zip, part, {
    open: (name, attributes) => {
      const id = Number(attribute(attributes, "numFmtId") ?? 0);
      if (name === "numFmt") codes.set(id, attribute(attributes, "formatCode") ?? "");
      else if (name === "cellXfs") inCells = true;
      else if (name === "xf" && inCells) formats.push(formatOf(id, codes.get(id)));
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false;
    },
  });
  return formats;
}

function formatOf(id: number, code: string | undefined): CellFormat {
  if (code === undefined) {
    if (id === 9 || id === 10) return "percent";
    if (id === 22) return "date-time";
    if (id >= 18 && id <= 21) return "time";
    // 27 to 36 and 50 to 58 are the dates of East Asian editions.
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return "date";
    if ((id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return "time";
    return "plain";
  }
  // Without quoted text, escaped signs, and conditions, colours and locales in brackets; [h] counts hours.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*./g, "").replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");
  const hasDate = /[yd]/i.test(bare);
  const hasTime = /[hs]/i.test(bare);
  if (hasDate) return hasTime ? "date-time" : "date";
  if (hasTime) return "time";
  if (/^m+$/i.test(bare)) return "date";
  return bare.includes("%") ? "percent" : "plain";
}

const daySeconds = 86_400;

/** As a person reads it: dates by ISO 8601, percentages with their sign, no digits that only binary fractions have. */
export function showNumber(raw: string, format: CellFormat, startsIn1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === "" || !Number.isFinite(value)) return raw;
  const plain = String(Number(value.toPrecision(15)));
  if (format === "plain") return plain;
  if (format === "percent") return `${Number((value * 100).toPrecision(12))}%`;
  // Day 60 of 1900 is a 29 February that never was; the days before it are one later than counted.
  const days = startsIn1904 ? value + 1462 : value < 60 ? value + 1 : value;
  const at = new Date(Math.round((days - 25_569) * daySeconds) * 1000);
  if (value < 0 || Number.isNaN(at.getTime()) || at.getUTCFullYear() > 9999) return plain;
  const [day = "", rest = ""] = at.toISOString().split("T");
  const time = rest.slice(0, rest.slice(6, 8) === "00" ? 5 : 8);
  // More than a day is a duration, which a clock cannot show.
  if (format === "time") return value < 1 ? time : plain;
  return format === "date" ? day : `${day} ${time}`;
}
