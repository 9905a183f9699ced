import { filesOf } from "./file-value";

/** A value on a wire or in a result, in one string; text stays as it is. */
export const valueText = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (value === undefined) return "";
  return JSON.stringify(value, null, 2) ?? "";
};

/** A value at a glance, for a line or a small card: a file by its name. */
export const glanceText = (value: unknown): string => {
  const files = filesOf(value);
  return files.length > 0 ? files.map(({ name }) => name).join(", ") : valueText(value);
};

/** The first `length` characters, never half of a surrogate pair, with an ellipsis where something was left out. */
export const shorten = (text: string, length: number): string => {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
};
