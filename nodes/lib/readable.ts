import { NodeFailure } from "@/runtime/node/node-failure";
import { inWords, valueLimits } from "@/runtime/node/value-limits";
import { valueCharacters } from "@/runtime/node/value-size";

/**
 * A value the way a person would write it into a text: text as it is, numbers and yes/no as words of one line, nothing as
 * nothing, everything else as indented JSON.
 */
export const readable = (value: unknown): string => {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (valueCharacters(value, valueLimits.characters) > valueLimits.characters) {
    const most = inWords(valueLimits.characters);
    throw new NodeFailure("value-too-large", `The value would be longer than ${most} characters as text.`);
  }
  return JSON.stringify(value, null, 2);
};

/** The same on one line, cut after `length` characters, for messages and previews. */
export const excerpt = (value: unknown, length = 80): string => {
  const line = (typeof value === "string" ? value : (JSON.stringify(value) ?? "nothing")).replace(/\s+/g, " ").trim();
  const characters = Array.from(line.slice(0, length * 2 + 2));
  return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : characters.join("");
};
