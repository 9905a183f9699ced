import { useCallback } from "react";
import type { GraphNode } from "@/runtime/graph/document";
import { configWith, variantsOf } from "@/runtime/graph/variants";
import { editVariant } from "../gestures/edit-variants";
import { useView, useWorkbench } from "../workbench";

/** Gives the function that puts whole settings in the place of what the form shows: the step's own, in one undo, or those of the variant that is chosen. */
export const usePutConfig = (node: GraphNode) => {
  const { editor } = useWorkbench();
  const variant = useView(({ shownVariant }) => (shownVariant?.node === node.id ? shownVariant.id : null));
  return useCallback(
    (config: GraphNode["config"]) => {
      const { document, apply } = editor.getState();
      const own = document.nodes.find(({ id }) => id === node.id);
      if (own === undefined) return;
      const chosen = variantsOf(document, own.id).find(({ id }) => id === variant);
      if (chosen === undefined) {
        apply([{ type: "replace-node", node: { ...own, config } }]);
        return;
      }
      const shown = configWith(own.config, chosen);
      for (const [name, value] of Object.entries(config)) {
        if (value === shown[name]) continue;
        const latest = editor.getState();
        latest.apply(editVariant(latest.document, own.id, chosen.id, name, value), `prompt:${own.id}:${chosen.id}`);
      }
    },
    [editor, node.id, variant],
  );
};
