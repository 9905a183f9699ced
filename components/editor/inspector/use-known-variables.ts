import { useMemo } from "react";
import type { TemplateVariable } from "@/components/monaco/template-language";
import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import { topologyOf, upstream } from "@/runtime/graph/topology";
import type { FlowContext } from "../store/flow-elements";
import { useEditor } from "../workbench";

const most = 60;

/**
 * Names worth offering between braces: the node's own inputs first, with what feeds them, then what the steps before it
 * and the pipeline's inputs give, which can be wired in under that name.
 */
export const knownVariables = (
  document: GraphDocument,
  flow: FlowContext,
  node: GraphNode,
): readonly TemplateVariable[] => {
  const nodes = new Map(document.nodes.map((each) => [each.id, each]));
  const found = new Map<string, TemplateVariable>();
  const offer = (name: string, detail?: string) => {
    if (!found.has(name)) found.set(name, detail ? { name, detail } : { name });
  };
  for (const name of Object.keys(flow.portsOf(node).inputs)) {
    const wire = document.edges.find(({ to }) => to.node === node.id && to.port === name);
    const source = wire && nodes.get(wire.from.node);
    offer(name, source && wire ? `← ${flow.titleOf(source)} · ${wire.from.port}` : undefined);
  }
  const before = upstream(topologyOf(document), [node.id]);
  for (const each of document.nodes) {
    const isInput = each.type === "io/input";
    if (each.id === node.id || !(isInput || before.has(each.id))) continue;
    for (const name of Object.keys(flow.portsOf(each).outputs)) offer(name, flow.titleOf(each));
  }
  return [...found.values()].slice(0, most);
};

export const useKnownVariables = (node: GraphNode): readonly TemplateVariable[] => {
  const document = useEditor((state) => state.document);
  const flow = useEditor((state) => state.flow);
  return useMemo(() => knownVariables(document, flow, node), [document, flow, node]);
};
