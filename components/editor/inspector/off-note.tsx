import { EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import type { GraphNode } from "@/runtime/graph/document";
import { passesOf, wiredKinds } from "@/runtime/graph/passes";
import { resolveNode } from "@/runtime/graph/resolve-node";
import { useCommands } from "../commands/use-commands";
import { useEditor, useInterfaceLocale } from "../workbench";

/** Of a step that is switched off: what it lets through meanwhile, and the way back. */
export function OffNote({ node }: { readonly node: GraphNode }) {
  const t = useTranslations("editor.off");
  const document = useEditor((state) => state.document);
  const catalog = useEditor((state) => state.catalog);
  const readOnly = useEditor((state) => state.readOnly);
  const locale = useInterfaceLocale();
  const commands = useCommands();
  const passes = useMemo(
    () =>
      node.disabled
        ? [...passesOf(resolveNode(node, catalog), wiredKinds(document, catalog).get(node.id) ?? new Map())]
        : [],
    [node, document, catalog],
  );
  if (!node.disabled) return null;
  const ports = resolveNode(node, catalog).ports;
  return (
    <div className="flex items-start gap-2 border-line border-b bg-sunken px-4 py-2 text-xs" data-testid="off-note">
      <EyeOff className="mt-0.5 size-3.5 shrink-0 text-skipped" />
      <div className="min-w-0 flex-1 break-words text-muted">
        <p>{t(passes.length > 0 ? "passes" : "stops")}</p>
        {passes.map(([output, input]) => (
          <p key={output} className="text-fg">
            {t("way", {
              input: ports?.inputs[input]?.label?.[locale] ?? input,
              output: ports?.outputs[output]?.label?.[locale] ?? output,
            })}
          </p>
        ))}
      </div>
      <Button size="sm" disabled={readOnly} onClick={commands.toggleDisabled}>
        {t("on")}
      </Button>
    </div>
  );
}
