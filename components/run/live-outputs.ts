import type { GraphDocument } from "@/runtime/graph/document";
import { sourceThrough } from "@/runtime/graph/passes";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { Catalog } from "@/runtime/node/catalog";
import type { Locale } from "@/runtime/node/localized";
import type { RunState } from "@/runtime/run/reduce";

export interface LiveOutput {
  readonly name: string;
  /** As the author called it. */
  readonly title: string;
  readonly value: unknown;
  readonly streaming: boolean;
}

/** The results of a run so far: text that still streams is read off the step that feeds the output. */
export const liveOutputs = (
  document: GraphDocument,
  catalog: Catalog,
  run: RunState,
  locale: Locale,
): readonly LiveOutput[] => {
  const found: LiveOutput[] = [];
  for (const node of document.nodes) {
    const { definition, ports } = resolveNode(node, catalog);
    if (definition?.boundary?.kind !== "output" || !ports || node.disabled) continue;
    for (const [name, port] of Object.entries(ports.inputs)) {
      const title = port.label?.[locale] ?? name;
      if (run.outputs && Object.hasOwn(run.outputs, name)) {
        found.push({ name, title, value: run.outputs[name], streaming: false });
        continue;
      }
      const wire = document.edges.find(({ to }) => to.node === node.id && to.port === name);
      // What is switched off lets through what streams before it.
      const from = wire && sourceThrough(document, catalog, wire.from);
      const source = from && run.nodes.get(from.node);
      if (!from || !source) continue;
      if (source.outputs && Object.hasOwn(source.outputs, from.port))
        found.push({ name, title, value: source.outputs[from.port], streaming: false });
      else if (Object.hasOwn(source.text, from.port))
        found.push({ name, title, value: source.text[from.port], streaming: source.status === "running" });
    }
  }
  return found;
};
