/** Letters that may touch a number because they say what it is. */
const says = /(?:^|[^A-Za-z])(?:tel|telephone|phone|mobile|mob|cell|fax|ph|hp|whatsapp|call|sms)$/i;
/** A number of a list, such as `1.` or `2.`, at the beginning of a line or right behind Chinese; elsewhere it is the whole part of a fraction. */
const listNumber = /(?:^|\n|[\p{Script=Han}:：(（])[ \t]{0,4}[1-9]\d?\.$/u;

/** Whether what stands before a number leaves it one: a separator does, digits joined to it do not. `word` announces a number on the same line. */
export const isFreeBefore = (text: string, start: number, word: RegExp): boolean => {
  const before = text.slice(Math.max(0, start - 24), start);
  const last = before.at(-1) ?? "";
  if (/[A-Za-z]/.test(last)) return says.test(before);
  if (last === "_" || last === "+") return false;
  const digit = /\d$/.test(before.slice(0, -1));
  if (last === "." && digit) return listNumber.test(before);
  // Two numbers in a row, or a longer one of which this is the end.
  if (last === "-" && digit)
    return (
      /1[3-9]\d{9}-$|\d{3}-\d{4}-$/.test(before) ||
      word.test(before.slice(before.lastIndexOf("\n") + 1).replace(/(?<!\d)\d+-$/, ""))
    );
  return true;
};

/** The same of what stands behind it. */
export const isFreeBehind = (text: string, end: number): boolean => {
  const behind = text.slice(end, end + 24);
  if (/^[A-Za-z]/.test(behind)) {
    // Hexadecimal digits are more of the same number; a word is not.
    const letters = /^[A-Za-z]+/.exec(behind)?.[0] ?? "";
    return letters.length > 1 && /[g-z]/i.test(letters);
  }
  if (behind.startsWith("_")) return false;
  if (/^[.-]\d/.test(behind)) return /^[.-](?:1[3-9]\d{9}|[2-9]\d{2}[-.][2-9]\d{2}[-.]\d{4})(?!\d)/.test(behind);
  return true;
};
