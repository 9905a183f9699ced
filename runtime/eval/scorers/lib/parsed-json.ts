import { readJson } from "@/runtime/node/reply/read-json";

/** Characters that are parsed at most. */
const longest = 200_000;

type Parsed =
  | {
      readonly ok: true;
      readonly value: unknown /** JSON as it came, but for a code fence around it. */;
      readonly isPlain: boolean;
    }
  | { readonly ok: false };

/** A value that is JSON already, or the JSON in a text, read as every step reads it: without thinking, fences and words around it. */
export const parsedJson = (value: unknown): Parsed => {
  if (value === undefined) return { ok: false };
  if (typeof value !== "string") return { ok: true, value, isPlain: true };
  if (value.length > longest) return { ok: false };
  const reading = readJson(value);
  if (!reading.ok) return { ok: false };
  const { repair, notes } = reading.value;
  const isPlain = repair !== "surrounding text" && notes.every((note) => note === "long integer");
  return { ok: true, value: reading.value.value, isPlain };
};
