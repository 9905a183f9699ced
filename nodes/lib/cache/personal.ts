import { inTurns } from "@/runtime/node/steps";
import { personalKinds } from "../safety/personal/detector";
import { personalSteps } from "../safety/personal/find-personal";
import { loadPhoneNumbers } from "../safety/personal/phone-numbers";
import { holdsMask } from "../safety/token";

/** Longer texts are not looked through: they count as personal. */
const mostCharacters = 200_000;

const textsIn = function* (value: unknown): Generator<string> {
  if (typeof value === "string") yield value;
  else if (typeof value === "number") yield String(value);
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item);
  else if (value !== null && typeof value === "object")
    for (const [key, item] of Object.entries(value)) {
      yield key;
      yield* textsIn(item);
    }
};

/** Whether anything in these values is personal data, or stands in the place of such. */
export const holdsPersonalData = async (values: unknown, signal: AbortSignal): Promise<boolean> => {
  const texts = [...textsIn(values)];
  if (texts.reduce((sum, text) => sum + text.length, 0) > mostCharacters) return true;
  const text = texts.join("\n");
  if (holdsMask(text)) return true;
  const isPhoneNumber = await loadPhoneNumbers();
  const found = await inTurns(personalSteps(text, { kinds: personalKinds, isPhoneNumber }), { signal });
  return found.length > 0;
};

/** Whether a file stands in these values: those of runs are removed after a while. */
export const holdsFile = (value: unknown): boolean => {
  if (value === null || typeof value !== "object") return false;
  if (Array.isArray(value)) return value.some(holdsFile);
  const { fileId } = value as { readonly fileId?: unknown };
  return (typeof fileId === "string" && fileId.startsWith("file_")) || Object.values(value).some(holdsFile);
};
