import { withoutFence } from "./without-fence";

/** Characters that are parsed at most. */
const longest = 200_000;

/** A value that is JSON already, or the JSON that a text is, with or without a code fence around it. */
export const parsedJson = (value: unknown): { readonly ok: true; readonly value: unknown } | { readonly ok: false } => {
  if (value === undefined) return { ok: false };
  if (typeof value !== "string") return { ok: true, value };
  if (value.length > longest) return { ok: false };
  try {
    return { ok: true, value: JSON.parse(withoutFence(value)) };
  } catch {
    return { ok: false };
  }
};
