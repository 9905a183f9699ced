import { mask } from "@/nodes/lib/safety/mask";
import { personalKinds } from "@/nodes/lib/safety/personal/detector";
import { personalSteps } from "@/nodes/lib/safety/personal/find-personal";
import { loadPhoneNumbers } from "@/nodes/lib/safety/personal/phone-numbers";
import { inTurns } from "@/runtime/node/steps";

/** Values below this depth are left out rather than looked through. */
const deepest = 64;

/** A value whose texts hold no personal data any more, keys included, and whether any was taken out. The same text gets the same token in each text. */
export const maskPersonal = async (
  value: unknown,
): Promise<{ readonly value: unknown; readonly isMasked: boolean }> => {
  const isPhoneNumber = await loadPhoneNumbers();
  let isMasked = false;
  const maskText = async (text: string): Promise<string> => {
    const spans = await inTurns(personalSteps(text, { kinds: personalKinds, isPhoneNumber }));
    if (spans.length === 0) return text;
    isMasked = true;
    return mask(text, spans).text;
  };
  const visit = async (current: unknown, depth: number): Promise<unknown> => {
    if (typeof current === "string") return maskText(current);
    // A card's number may come as a number.
    if (typeof current === "number") {
      const text = await maskText(String(current));
      return text === String(current) ? current : text;
    }
    if (typeof current !== "object" || current === null) return current;
    if (depth > deepest) return null;
    if (Array.isArray(current)) {
      const list: unknown[] = [];
      for (const item of current) list.push(await visit(item, depth + 1));
      return list;
    }
    const entries: [string, unknown][] = [];
    for (const [key, item] of Object.entries(current))
      entries.push([await maskText(key), await visit(item, depth + 1)]);
    return Object.fromEntries(entries);
  };
  return { value: await visit(value, 0), isMasked };
};
