import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { GraphNode } from "@/runtime/graph/document";
import { resolveNode } from "@/runtime/graph/resolve-node";
import { useEditor } from "../workbench";
import type { ShownSettings } from "./use-shown-settings";

const quoted = (names: readonly string[]): string => names.map((name) => `“${name}”`).join(", ");

/** Says which inputs and outputs of a variant do not fit the wires that the node has: with them it could not run. */
export function VariantPorts({ shown, own }: { readonly shown: ShownSettings; readonly own: GraphNode }) {
  const t = useTranslations("editor.variants");
  const catalog = useEditor((state) => state.catalog);
  const edges = useEditor(({ document }) => document.edges);
  const { unfed, lost } = useMemo(() => {
    const { ports } = resolveNode(shown.node, catalog);
    if (!ports) return { unfed: [], lost: [] };
    const fed = new Set(edges.filter(({ to }) => to.node === own.id).map(({ to }) => to.port));
    const used = new Set(edges.filter(({ from }) => from.node === own.id).map(({ from }) => from.port));
    return {
      unfed: Object.entries(ports.inputs).flatMap(([name, port]) => (port.optional || fed.has(name) ? [] : [name])),
      lost: [
        ...[...fed].filter((name) => !Object.hasOwn(ports.inputs, name)),
        ...[...used].filter((name) => name !== "error" && !Object.hasOwn(ports.outputs, name)),
      ],
    };
  }, [shown.node, own.id, catalog, edges]);
  if (unfed.length === 0 && lost.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 border-line border-b px-4 py-2 text-warn text-xs">
      {unfed.length > 0 ? <li>{t("unfed", { names: quoted(unfed) })}</li> : null}
      {lost.length > 0 ? <li>{t("lost", { names: quoted(lost) })}</li> : null}
    </ul>
  );
}
