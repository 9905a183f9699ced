import { z } from "zod";

export const extraFieldLimits = { fields: 50, characters: 8_000, depth: 10 } as const;

/** What the app itself says in each request. */
const ownFields = new Set(["model", "messages", "input", "stream", "stream_options"]);

const deeperThan = (value: unknown, depth: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  (depth === 0 || Object.values(value).some((part) => deeperThan(part, depth - 1)));

/** What is wrong with fields to be added to requests, as an English sentence; null where nothing is. */
const problemOf = (fields: Readonly<Record<string, unknown>>): string | null => {
  const names = Object.keys(fields);
  if (names.length > extraFieldLimits.fields) return `At most ${extraFieldLimits.fields} fields can be added.`;
  const own = names.find((name) => ownFields.has(name));
  if (own !== undefined) return `The field "${own}" is set by the app itself.`;
  if (deeperThan(fields, extraFieldLimits.depth)) return `Values nest at most ${extraFieldLimits.depth} deep.`;
  return JSON.stringify(fields).length > extraFieldLimits.characters
    ? `The fields take at most ${extraFieldLimits.characters} characters.`
    : null;
};

/**
 * Fields that are added to each chat request as they stand, for what a server takes beyond the common API (`enable_thinking`, `chat_template_kwargs`,
 * `top_k`). What the app sets itself wins over them.
 */
export const extraFields = z.record(z.string().min(1).max(100), z.unknown()).superRefine((fields, context) => {
  const message = problemOf(fields);
  if (message !== null) context.addIssue({ code: "custom", message });
});
export type ExtraFields = z.output<typeof extraFields>;
