import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "@/components/ui/toaster";
import { graphLimits } from "@/runtime/graph/document";
import { variantsOf } from "@/runtime/graph/variants";
import { addVariant, makeBase, removeVariant, renameVariant } from "../gestures/edit-variants";
import { randomWord } from "../gestures/identifiers";
import { useWorkbench } from "../workbench";

/** What can be done with the variants of one node, each as one step of the history. */
export const useVariantCommands = (node: string) => {
  const { editor, view } = useWorkbench();
  const t = useTranslations("editor.variants");
  return useMemo(() => {
    const state = () => editor.getState();
    const show = (id: string | null) => view.setState({ shownVariant: id === null ? null : { node, id } });
    /** With the settings of the variant `from`, or of the node itself, which are then shown. */
    const add = (from: string | null): string | null => {
      const { document, apply, readOnly } = state();
      if (readOnly) return null;
      const source = variantsOf(document, node).find(({ id }) => id === from);
      const label = source ? t("copyOf", { label: source.label }) : t("newLabel");
      const added = addVariant(document, node, { from, label }, randomWord);
      if (added === null) {
        toast.error(t("full", { count: graphLimits.variantsOfNode }));
        return null;
      }
      apply(added.operations);
      show(added.id);
      return added.id;
    };
    const remove = (id: string) => {
      const { document, apply } = state();
      apply(removeVariant(document, node, id));
      show(null);
    };
    const rename = (id: string, label: string) => {
      const { document, apply } = state();
      apply(renameVariant(document, node, id, label));
    };
    const promote = (variant: string) => {
      const { document, catalog, flow, apply } = state();
      const current = document.nodes.find(({ id }) => id === node);
      if (!current) return;
      const edit = { node, variant, label: t("formerBase") };
      apply(makeBase(document, catalog, flow.portsOf(current), edit, randomWord));
      show(null);
    };
    return { add, promote, remove, rename, show };
  }, [editor, view, node, t]);
};
