import { ArrowRight, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { ValueView } from "@/components/run/value-view";
import { Button } from "@/components/ui/button";
import { nodeKey, useFramePrefix } from "../canvas/frame-prefix";
import { portStyle } from "../canvas/port-colour";
import { useCommands } from "../commands/use-commands";
import { useDiagnosticText } from "../diagnostics/use-diagnostic-text";
import { useDiagnostics, useEditor, useRun } from "../workbench";

/** Where a wire leads, what it carries and what went along it in the last run. */
export function WireDetails({ id }: { readonly id: string }) {
  const t = useTranslations("editor");
  const commands = useCommands();
  const wire = useEditor(({ wires }) => wires.find((each) => each.id === id));
  const document = useEditor((state) => state.document);
  const flow = useEditor((state) => state.flow);
  const readOnly = useEditor((state) => state.readOnly);
  const problems = useDiagnostics(({ byEdge }) => byEdge.get(id));
  const prefix = useFramePrefix();
  const outputs = useRun(({ current }) =>
    wire ? current?.state.nodes.get(nodeKey(prefix, wire.source))?.outputs : undefined,
  );
  const text = useDiagnosticText();
  if (!wire) return null;
  const title = (node: string) => {
    const found = document.nodes.find((each) => each.id === node);
    return found ? flow.titleOf(found) : node;
  };
  const kind = wire.data?.kind ?? "any";
  const port = wire.sourceHandle ?? "";
  return (
    <div className="flex flex-col gap-4 overflow-y-auto p-4 text-sm">
      <h2 className="font-medium text-base">{t("wire.title")}</h2>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span>{`${title(wire.source)} · ${port}`}</span>
        <ArrowRight className="size-3.5 text-faint" />
        <span>{`${title(wire.target)} · ${wire.targetHandle ?? ""}`}</span>
      </p>
      <p className="flex items-center gap-2 text-muted">
        <span className="size-2 rounded-full" style={{ ...portStyle(kind), background: "var(--port)" }} />
        {t(`wire.kind.${kind}`)}
      </p>
      {problems?.map((problem) => {
        const { title: what, hint } = text(problem);
        return (
          <p key={problem.code} className="text-error text-xs">
            {hint ? `${what} ${hint}` : what}
          </p>
        );
      })}
      {outputs && Object.hasOwn(outputs, port) ? <ValueView name={t("wire.lastValue")} value={outputs[port]} /> : null}
      <Button variant="danger" className="self-start" disabled={readOnly} onClick={commands.removeSelection}>
        <Trash2 />
        {t("wire.remove")}
      </Button>
    </div>
  );
}
