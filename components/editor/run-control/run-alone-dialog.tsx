import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { shorten, valueText } from "@/components/run/value-text";
import { FormDialog } from "@/components/ui/form-dialog";
import { FormField } from "@/components/ui/form-field";
import { Textarea } from "@/components/ui/textarea";
import type { GraphNode } from "@/runtime/graph/document";
import { pinOf } from "@/runtime/graph/pins";
import { framePrefix, nodeKey } from "../canvas/frame-prefix";
import { useSession } from "../session";
import { useEditor, useInterfaceLocale, useView, useWorkbench } from "../workbench";
import { type GivenInput, readGiven } from "./read-given";

/** A value that is longer is shown in part and cannot be changed here; the step gets all of it. */
const longestEdited = 50_000;

/** Asks what a step is given before it runs alone: what it got last, to be changed. */
export function RunAloneDialog() {
  const node = useEditor(({ document }) => document.nodes);
  const asked = useView((state) => state.runningAlone);
  const step = node.find(({ id }) => id === asked);
  return step ? <Asked key={step.id} step={step} /> : null;
}

function Asked({ step }: { readonly step: GraphNode }) {
  const t = useTranslations("run.alone");
  const locale = useInterfaceLocale();
  const { editor, view, run } = useWorkbench();
  const session = useSession();
  const close = () => view.setState({ runningAlone: null });
  const given = useMemo((): readonly GivenInput[] => {
    const { document, flow, scope } = editor.getState();
    const { current } = run.getState();
    const prefix = framePrefix(current?.state, scope, view.getState().frames).join("/");
    return Object.entries(flow.portsOf(step).inputs).map(([port, { label, kind, optional }]) => {
      const wire = document.edges.find(({ to }) => to.node === step.id && to.port === port);
      const outputs =
        wire && (pinOf(document, wire.from.node) ?? current?.state.nodes.get(nodeKey(prefix, wire.from.node))?.outputs);
      const value = wire && outputs && Object.hasOwn(outputs, wire.from.port) ? outputs[wire.from.port] : undefined;
      return { port, title: label?.[locale] ?? port, isText: kind === "text", optional, value };
    });
  }, [editor, view, run, step, locale]);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const submit = () => {
    const { given: wanted, cleared, faults: wrong } = readGiven(given, texts);
    setFaults(
      Object.fromEntries(
        Object.entries(wrong).map(([port, fault]) => [port, t(fault === "missing" ? "missing" : "notJson")]),
      ),
    );
    if (Object.keys(wrong).length > 0) return;
    close();
    session.runPart({ mode: "alone", node: step.id, given: wanted, cleared });
  };
  return (
    <FormDialog
      title={t("title", { step: editor.getState().flow.titleOf(step) })}
      description={t("description")}
      action={t("run")}
      busy={false}
      onSubmit={submit}
      onClose={close}
    >
      {given.length === 0 ? <p className="text-muted text-sm">{t("nothing")}</p> : null}
      {given.map(({ port, title, value }) => {
        const known = value === undefined ? "" : valueText(value);
        const isLong = known.length > longestEdited;
        const fault = faults[port];
        return (
          <FormField key={port} label={title} error={fault} help={isLong ? t("long") : undefined}>
            {(control) => (
              <Textarea
                {...control}
                className="font-mono text-xs"
                rows={Math.min(8, Math.max(2, known.split("\n").length))}
                value={isLong ? shorten(known, longestEdited) : (texts[port] ?? known)}
                disabled={isLong}
                onChange={(event) => setTexts((before) => ({ ...before, [port]: event.target.value }))}
                data-testid={`alone-${port}`}
              />
            )}
          </FormField>
        );
      })}
    </FormDialog>
  );
}
