import type { GraphDocument, PortRef } from "@/runtime/graph/document";
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
      const source = from && streamed(document, catalog, run, from, []);
      if (source) found.push({ name, title, ...source });
    }
  }
  return found;
};

/** What a port has given so far; of a container that runs its steps once, what they have. */
const streamed = (
  document: GraphDocument,
  catalog: Catalog,
  run: RunState,
  { node: id, port }: PortRef,
  around: readonly string[],
): Pick<LiveOutput, "value" | "streaming"> | null => {
  const state = run.nodes.get([...around, id].join("/"));
  if (state === undefined) return null;
  if (state.outputs && Object.hasOwn(state.outputs, port)) return { value: state.outputs[port], streaming: false };
  if (Object.hasOwn(state.text, port)) return { value: state.text[port], streaming: state.status === "running" };
  const node = document.nodes.find((each) => each.id === id);
  if (node?.body === undefined || catalog.get(node.type)?.container?.runs !== "once") return null;
  const { body } = node;
  const wire = body.edges.find(
    ({ to }) =>
      to.port === port &&
      body.nodes.some((each) => each.id === to.node && catalog.get(each.type)?.boundary?.kind === "output"),
  );
  const from = wire && sourceThrough(body, catalog, wire.from);
  return from ? streamed(body, catalog, run, from, [...around, state.frames?.latest ?? `${id}#0`]) : null;
};
