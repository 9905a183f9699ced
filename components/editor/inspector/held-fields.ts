import { heldPrompt } from "@/nodes/lib/prompt/held-prompt";
import type { FieldDescription } from "@/runtime/node/describe-config";

/** Names of the settings that have their words from a prompt of the library. */
export const heldFields = (
  fields: readonly FieldDescription[],
  config: Readonly<Record<string, unknown>>,
): ReadonlySet<string> => {
  const field = fields.find(({ control }) => control === "prompt");
  const held = heldPrompt.safeParse(field === undefined ? undefined : config[field.name]);
  return new Set(held.success && held.data.reference !== "" ? held.data.fields : []);
};
