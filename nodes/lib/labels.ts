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

/** One form of case, width and blanks at the ends. */
export const fold = (text: string): string => text.normalize("NFKC").toLowerCase().trim();
