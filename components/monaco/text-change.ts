/** The smallest single replacement that turns one text into another, in UTF-16 offsets of the old text. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const textChange = (before: string, after: string): TextChange | null => {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
};
