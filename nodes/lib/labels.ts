import { z } from "zod";
import * as port from "@/runtime/node/port";

export const labelLimits = { least: 2, most: 20, name: 60 } as const;

/** Ports that every classifier has beside one for each label; `error` is the port of a step's error policy. */
const taken = ["label", "confidence", "margin", "scores", "error"] as const;

export const labelName = z
  .string()
  .trim()
  .min(1, "A label needs a name.")
  .max(labelLimits.name)
  .refine((name) => !(taken as readonly string[]).includes(name), `A label cannot be called ${taken.join(", ")}.`)
  .refine((name) => !(name in Object.prototype), "Choose another name for the label.");

/** For `superRefine` on a config: two labels of one name would share a port. */
export const checkLabels = (labels: readonly { readonly name: string }[], context: z.RefinementCtx): void => {
  const seen = new Set<string>();
  for (const [index, { name }] of labels.entries()) {
    const folded = fold(name);
    if (seen.has(folded)) {
      const message = `Two labels are called "${name}".`;
      context.addIssue({ code: "custom", message, path: ["labels", index, "name"] });
    }
    seen.add(folded);
  }
};

/** One output a label, taken when the text is of that label, and the one for everything else last. */
export const labelPorts = (names: readonly string[]): Record<string, port.Port<string, true>> =>
  Object.fromEntries(names.map((name) => [name, port.maybe(port.text())]));

/** For `branches`: a text goes out of the port of its label. Where only `label` is wired on, no way is missed. */
export const labelBranches = (ports: readonly string[]) => [...new Set(ports)].map((port) => ({ port, taken: true }));

const fold = (text: string): string => text.normalize("NFKC").toLowerCase().trim();
const wordCharacter = /[\p{L}\p{M}\p{N}_]/u;

/** Whether `label` stands in `text` as words of its own. Chinese is written without spaces, so there it stands anywhere. */
const mentions = (text: string, label: string): boolean => {
  const spaced = !/\p{Script=Han}/u.test(label);
  for (let at = text.indexOf(label); at >= 0; at = text.indexOf(label, at + 1)) {
    if (!spaced) return true;
    const before = Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) ?? "";
    const after = Array.from(text.slice(at + label.length, at + label.length + 2)).at(0) ?? "";
    if (!wordCharacter.test(before) && !wordCharacter.test(after)) return true;
  }
  return false;
};

/**
 * The label that a free reply means: the one it is, the one it begins with, or the only one it mentions. Null where it
 * mentions none, or several. A label inside a longer one that is mentioned ("quality" in "product quality") does not count.
 */
export const labelInReply = (reply: string, names: readonly string[]): string | null => {
  const text = fold(reply);
  const bare = text.replace(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, "");
  const exact = names.find((name) => fold(name) === text || fold(name) === bare);
  if (exact !== undefined) return exact;
  const mentioned = names.filter((name) => mentions(text, fold(name)));
  const outermost = mentioned.filter(
    (name) => !mentioned.some((other) => other !== name && fold(other).includes(fold(name))),
  );
  return outermost.length === 1 ? (outermost[0] ?? null) : null;
};
