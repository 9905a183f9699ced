import { type Source, source } from "@/runtime/node/source";

/** A value that is a list of found passages, as the type `documents` has them; null for any other. */
export const readSources = (value: unknown): readonly Source[] | null => {
  if (!Array.isArray(value) || value.length === 0) return null;
  const sources: Source[] = [];
  for (const item of value) {
    const parsed = source.safeParse(item);
    if (!parsed.success) return null;
    sources.push(parsed.data);
  }
  return sources;
};
