import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import type { GraphNode, PinnedOutputs } from "@/runtime/graph/document";
import { pinOf } from "@/runtime/graph/pins";
import { readPin } from "../gestures/read-pin";
import { useEditor, useWorkbench } from "../workbench";

/** What is pinned in place of what a step gives, to be read and changed. */
export function PinnedOutput({ node }: { readonly node: GraphNode }) {
  const pinned = useEditor(({ document }) => pinOf(document, node.id));
  if (pinned === undefined) return null;
  // Undo, or another tab, may change it under the form.
  return <Form key={JSON.stringify(pinned)} node={node} pinned={pinned} />;
}

function Form({ node, pinned }: { readonly node: GraphNode; readonly pinned: PinnedOutputs }) {
  const t = useTranslations("run.pin");
  const { editor } = useWorkbench();
  const readOnly = useEditor((state) => state.readOnly);
  const written = JSON.stringify(pinned, null, 2);
  const [text, setText] = useState(written);
  const [fault, setFault] = useState<string | null>(null);
  const keep = () => {
    const { document, flow, apply } = editor.getState();
    let outputs: unknown;
    try {
      outputs = JSON.parse(text);
    } catch {
      setFault(t("notJson"));
      return;
    }
    if (typeof outputs !== "object" || outputs === null || Array.isArray(outputs)) {
      setFault(t("notJson"));
      return;
    }
    const read = readPin(outputs as Readonly<Record<string, unknown>>, document, node.id, flow.portsOf(node).outputs);
    if (read.ok) apply([{ type: "set-pin", node: node.id, outputs: read.value }]);
    else setFault(t(`fault.${read.error.code}`, { ...read.error }));
  };
  return (
    <section className="flex flex-col gap-2 px-4 pt-4">
      <h3 className="font-medium text-sm">{t("title")}</h3>
      <p className="text-muted text-xs">{t("help")}</p>
      <Textarea
        aria-label={t("title")}
        className="font-mono text-xs"
        rows={Math.min(12, written.split("\n").length + 1)}
        value={text}
        disabled={readOnly}
        onChange={(event) => {
          setText(event.target.value);
          setFault(null);
        }}
        data-testid="pinned-output"
      />
      {fault ? (
        <p role="alert" className="break-words text-error text-xs">
          {fault}
        </p>
      ) : null}
      <Button size="sm" className="self-start" disabled={readOnly || text === written} onClick={keep}>
        {t("keep")}
      </Button>
    </section>
  );
}
