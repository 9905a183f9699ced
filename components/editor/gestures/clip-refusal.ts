import { graphLimits } from "@/runtime/graph/document";

/** Products whose pipelines people paste; told by what their files hold and nothing else does. */
export type OtherProduct = "Dify" | "n8n" | "Langflow" | "Flowise" | "ComfyUI";

export type ClipRefusal =
  | { readonly code: "too-long"; readonly most: number }
  | { readonly code: "too-many"; readonly count: number; readonly most: number }
  | { readonly code: "other-product"; readonly product: OtherProduct }
  | { readonly code: "whole" | "html" | "damaged" | "not-json" };

/** Why a text that was pasted is no part of a pipeline. Looks, and runs nothing. */
export const clipRefusal = (text: string): ClipRefusal => {
  if (text.length > graphLimits.bytes) return { code: "too-long", most: graphLimits.bytes };
  const trimmed = text.trimStart();
  if (/^<(!doctype|html|\w+[\s>])/iu.test(trimmed)) return { code: "html" };
  if (
    /^(app|kind|version|dependencies):/u.test(trimmed) &&
    /^[ \t]{0,20}mode:|^kind: app$/mu.test(text.slice(0, 100_000))
  )
    return { code: "other-product", product: "Dify" };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { code: "not-json" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { code: "not-json" };
  const found = value as Readonly<Record<string, unknown>>;
  if (found.format === "pipewright/pipeline") return { code: "whole" };
  if (found.format === "pipewright/clip") {
    const count = Array.isArray(found.nodes) ? found.nodes.length : 0;
    return count > graphLimits.nodes ? { code: "too-many", count, most: graphLimits.nodes } : { code: "damaged" };
  }
  const product = productOf(found);
  if (product !== null) return { code: "other-product", product };
  return found.schemaVersion === 1 && Array.isArray(found.nodes) ? { code: "whole" } : { code: "not-json" };
};

const productOf = (found: Readonly<Record<string, unknown>>): OtherProduct | null => {
  const nodes = Array.isArray(found.nodes) ? (found.nodes as readonly unknown[]) : [];
  const [first] = nodes as readonly (Readonly<Record<string, unknown>> | null)[];
  const data = (first?.data ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof found.connections === "object" && nodes.length > 0 && typeof first?.type === "string") return "n8n";
  if (found.kind === "app" || (typeof found.workflow === "object" && found.workflow !== null)) return "Dify";
  if (typeof found.data === "object" && found.data !== null && "nodes" in found.data) return "Langflow";
  if ("last_node_id" in found && "links" in found) return "ComfyUI";
  if (Array.isArray(found.edges) && ("inputAnchors" in data || "inputParams" in data)) return "Flowise";
  return null;
};
