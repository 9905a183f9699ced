import type { z } from "zod";
import { type ModelUse, modelControls } from "@/runtime/node/model-use";
import type { Diagnostic } from "./diagnostic";
import type { ResolvedNode } from "./resolve-node";

/** By use, the references `<endpoint slug>/<model name>` that the workspace can resolve; `default` among them where a default is set. */
export type KnownModels = Readonly<Record<ModelUse, ReadonlySet<string>>>;

/** A setting is a reference to a model when its control says so. Fallbacks (`model-list`) that are gone are only warned of. */
export const unknownModels = ({ node, definition, config }: ResolvedNode, known: KnownModels): Diagnostic[] => {
  if (definition === undefined || typeof config !== "object" || config === null) return [];
  const found: Diagnostic[] = [];
  for (const [field, schema] of Object.entries<z.ZodType>(definition.config.shape)) {
    const control = schema.meta()?.control;
    const value: unknown = (config as Readonly<Record<string, unknown>>)[field];
    if (typeof control === "string" && Object.hasOwn(modelControls, control)) {
      const use = modelControls[control as keyof typeof modelControls];
      if (typeof value !== "string" || known[use].has(value)) continue;
      const isNowhere = known[use].size === 0 && (use === "picture" || use === "speech");
      found.push(isNowhere ? nowhere(node, field, use) : unknown(node, field, value, "error"));
    } else if (control === "model-list" && Array.isArray(value)) {
      for (const item of value) {
        if (typeof item === "string" && !known.chat.has(item)) found.push(unknown(node, field, item, "warning"));
      }
    }
  }
  return found;
};

/** No model that ships with the app makes pictures or speaks: what is missing is not another name but an endpoint. */
const nowhere = (node: ResolvedNode["node"], field: string, use: "picture" | "speech"): Diagnostic => ({
  code: `${use}-model-missing`,
  severity: "error",
  message: `"${node.label ?? node.id}" needs a model that ${use === "picture" ? "makes pictures" : "speaks"}, and no endpoint of this workspace has one.`,
  hint: `On the models page, add an endpoint that has one (OpenAI, LocalAI, vLLM-Omni and others), mark the model as "${use === "picture" ? "Makes pictures" : "Text to speech"}", and make it the default.`,
  params: { node: node.label ?? node.id },
  at: { node: node.id, field },
});

const unknown = (
  node: ResolvedNode["node"],
  field: string,
  model: string,
  severity: Diagnostic["severity"],
): Diagnostic => ({
  code: "model-unknown",
  severity,
  message:
    model === "default"
      ? `"${node.label ?? node.id}" uses the default model, and none is set.`
      : `"${node.label ?? node.id}" uses ${model || "no model"}, which is not registered.`,
  hint: "Choose another model, or register it on the models page.",
  params: { node: node.label ?? node.id, model },
  at: { node: node.id, field },
});
