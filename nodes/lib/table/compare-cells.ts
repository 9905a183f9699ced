import { readable } from "../readable";

export const isBlank = (cell: unknown): boolean =>
  cell === undefined || cell === null || (typeof cell === "string" && cell.trim() === "");

/** Latin by alphabet, Chinese by pinyin, digits in a text by their number. */
const words = new Intl.Collator(["zh-CN", "en"], { numeric: true });

const numberOf = (cell: unknown): number | null => {
  if (typeof cell === "number") return cell;
  if (typeof cell !== "string" || cell.trim() === "") return null;
  const number = Number(cell);
  return Number.isNaN(number) ? null : number;
};

/** Numbers first, then texts, then what is blank. */
export const compareCells = (left: unknown, right: unknown): number => {
  if (isBlank(left) || isBlank(right)) return Number(isBlank(left)) - Number(isBlank(right));
  const [first, second] = [numberOf(left), numberOf(right)];
  if (first !== null && second !== null) return first - second;
  if (first !== null || second !== null) return first === null ? 1 : -1;
  return words.compare(readable(left), readable(right));
};
