import type { ByteRange } from "@/server/platform/object-store/object-store";

/**
 * Reads a Range header against a size. null: the whole file is to be sent (no header, several ranges, another unit). "unsatisfiable": it begins
 * behind the end.
 */
export const readByteRange = (header: string | null, size: number): ByteRange | null | "unsatisfiable" => {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return null;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) return "unsatisfiable";
  return end < start ? null : { start, end };
};
