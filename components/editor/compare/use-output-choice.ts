import { useMemo } from "react";
import type { GraphNode } from "@/runtime/graph/document";
import { resolveNode } from "@/runtime/graph/resolve-node";
import { useEditor, useInterfaceLocale } from "../workbench";
import { type OutputChoice, outputChoices, sameChoice } from "./output-choices";
import { useCompareState } from "./use-compare";

/** What of the answers can be compared, and what is. */
export const useOutputChoice = (node: GraphNode) => {
  const locale = useInterfaceLocale();
  const document = useEditor((state) => state.whole);
  const catalog = useEditor((state) => state.catalog);
  const flow = useEditor((state) => state.flow);
  const cells = useCompareState((state) => state.cells);
  const wanted = useCompareState((state) => state.output);
  const compared = useMemo(() => ({ document, catalog, locale, node: node.id }), [document, catalog, locale, node.id]);
  const pipeline = useMemo(
    () =>
      document.nodes.flatMap((each) => {
        const { definition, ports } = resolveNode(each, catalog);
        return definition?.boundary?.kind === "output" && ports && !each.disabled ? Object.keys(ports.inputs) : [];
      }),
    [document, catalog],
  );
  const ended = useMemo(
    () => [...cells.values()].filter(({ phase }) => phase === "ended").map(({ run }) => run),
    [cells],
  );
  const choices = useMemo(
    () => outputChoices(compared, { pipeline, step: Object.keys(flow.portsOf(node).outputs) }, ended),
    [compared, pipeline, flow, node, ended],
  );
  const chosen: OutputChoice | undefined = choices.find((each) => wanted && sameChoice(each, wanted)) ?? choices[0];
  return { compared, choices, chosen };
};
