/** A text as a pattern of LIKE that finds only itself: the signs that stand for others there are escaped. */
export const literalPattern = (text: string): string => text.replace(/[\\%_]/g, "\\$&");
