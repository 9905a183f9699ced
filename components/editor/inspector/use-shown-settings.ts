import { useMemo } from "react";
import type { GraphNode, NodeVariant } from "@/runtime/graph/document";
import { changedFields, configWith, variantsOf } from "@/runtime/graph/variants";
import { useCommands } from "../commands/use-commands";
import { editVariant } from "../gestures/edit-variants";
import { useEditor, useView, useWorkbench } from "../workbench";

type Json = GraphNode["config"][string];

/** What the form of a node shows and changes: the node's own settings, or those of the variant chosen in the strip. */
export interface ShownSettings {
  /** The node with the settings that are shown. */
  readonly node: GraphNode;
  readonly variant: NodeVariant | null;
  readonly variants: readonly NodeVariant[];
  /** Fields in which the variant differs from the node's own. */
  readonly changed: ReadonlySet<string>;
  readonly set: (field: string, value: Json | undefined) => void;
}

const none: ReadonlySet<string> = new Set();

export const useShownSettings = (node: GraphNode): ShownSettings => {
  const { editor } = useWorkbench();
  const { setField } = useCommands();
  const variants = useEditor(({ document }) => variantsOf(document, node.id));
  const chosen = useView(({ shownVariant }) => (shownVariant?.node === node.id ? shownVariant.id : null));
  const variant = variants.find(({ id }) => id === chosen) ?? null;
  return useMemo(() => {
    if (variant === null)
      return { node, variant, variants, changed: none, set: (field, value) => setField(node, field, value) };
    return {
      node: { ...node, config: configWith(node.config, variant) },
      variant,
      variants,
      changed: new Set(changedFields(node.config, variant)),
      set: (field, value) => {
        const { document, apply } = editor.getState();
        const key = `variant:${node.id}:${variant.id}:${field}`;
        apply(editVariant(document, node.id, variant.id, field, value), key);
      },
    };
  }, [node, variant, variants, setField, editor]);
};
