import { z } from "zod";

// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is exactly what is looked for.
const unstorable = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Postgres keeps neither NUL nor half a surrogate pair, in text and in JSON alike. */
export const isStorableText = (text: string): boolean => !unstorable.test(text);

/** Also the two signs that end a line in a program and not on the screen. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** One line of text that a person wrote: a name, a title. */
export const lineOfText = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => isStorableText(text) && !controls.test(text), "Control characters are not allowed.");

/** Whether every text and key inside a JSON value can be stored. Does not recurse, so that depth is no danger. */
export const isStorable = (value: unknown): boolean => {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const current = open.pop();
    if (typeof current === "string") {
      if (!isStorableText(current)) return false;
    } else if (Array.isArray(current)) {
      for (const item of current) open.push(item);
    } else if (typeof current === "object" && current !== null) {
      for (const [key, item] of Object.entries(current)) open.push(key, item);
    }
  }
  return true;
};
