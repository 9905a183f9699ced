import type { GraphDocument, NodeVariant } from "@/runtime/graph/document";
import { variantsOf } from "@/runtime/graph/variants";
import type { ViewState } from "../store/view-store";
import { useEditor, useView } from "../workbench";

/** A variant whose settings stand on the screen in place of its node's own: what a run runs. */
export interface OpenVariant {
  readonly node: string;
  readonly variant: NodeVariant;
}

/** The variant that is open; null where every node stands with its own settings, or the variant is gone. */
export const openVariantOf = (document: GraphDocument, shown: ViewState["shownVariant"]): OpenVariant | null => {
  if (shown === null || !document.nodes.some(({ id }) => id === shown.node)) return null;
  const variant = variantsOf(document, shown.node).find(({ id }) => id === shown.id);
  return variant === undefined ? null : { node: shown.node, variant };
};

/** The name of the open variant and that of its step, as the canvas calls it. */
export const useOpenVariant = (): { readonly label: string; readonly step: string } | null => {
  const shown = useView(({ shownVariant }) => shownVariant);
  const document = useEditor((state) => state.document);
  const flow = useEditor((state) => state.flow);
  const open = openVariantOf(document, shown);
  const node = document.nodes.find(({ id }) => id === open?.node);
  return open === null || node === undefined ? null : { label: open.variant.label, step: flow.titleOf(node) };
};
