"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { StoreApi } from "zustand";
import { createFrameBatch, nextFrame } from "@/components/run/frame-batch";
import { rememberInputs } from "@/components/run/recent-inputs";
import { inputFieldsOf, readInputs } from "@/components/run/run-inputs";
import type { RunView } from "@/components/run/run-store";
import { useAnswered } from "@/components/run/use-answered";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { toast } from "@/components/ui/toaster";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import type { RunEvent } from "@/runtime/run/events";
import type { PartRefusal } from "@/runtime/run/run-part";
import type { Autosave } from "../autosave/autosave";
import { framePrefix } from "../canvas/frame-prefix";
import { arrangeDiagnostics } from "../diagnostics/diagnostics-store";
import { useDiagnosticTextOf } from "../diagnostics/use-diagnostic-text";
import { openVariantOf } from "../inspector/open-variant";
import type { SessionState } from "../session";
import type { Workbench } from "../workbench";
import { type PartWish, sourceOf } from "./part-wish";
import { type EarlierRun, useEarlierRun } from "./use-earlier-run";
import { useOpenedRun } from "./use-opened-run";

export interface RunControlOptions {
  readonly pipelineId: string;
  readonly workbench: Workbench;
  readonly autosave: Autosave;
  readonly session: StoreApi<SessionState>;
  /** A stored run to be shown on the draft, in place of its latest one. */
  readonly wished: string | null;
}

/** The conversation that the next run goes on with; null where it begins one. That of a stored run belongs to whoever had it. */
const conversationOf = ({ beginsAnew, openedRun }: SessionState, current: RunView | null): string | null =>
  beginsAnew || openedRun !== null ? null : (current?.state.conversation?.id ?? null);

/** Of a run whose beginning is here already, the stream goes on behind it. */
const lastOf = (current: RunView | null, runId: string | null): { readonly lastEventId?: string } =>
  current === null || current.runId !== runId || current.state.lastSeq < 0
    ? {}
    : { lastEventId: String(current.state.lastSeq) };

/** Starts and stops runs of the draft, and folds their events into the run store at most once a frame. */
export const useRunControl = ({ pipelineId, workbench, autosave, session, wished }: RunControlOptions) => {
  const { editor, run, view, diagnostics } = workbench;
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const t = useTranslations("run");
  const textOf = useDiagnosticTextOf(editor);
  const tellError = useErrorToast();
  const [runId, setRunId] = useState<string | null>(null);
  /** The run that waits for people, to be followed again once they have answered. */
  const [waiting, setWaiting] = useState<{ readonly runId: string; readonly lastSeq: number } | null>(null);
  const batch = useMemo(() => createFrameBatch<RunEvent>((events) => run.getState().take(events), nextFrame), [run]);
  useEffect(() => () => batch.stop(), [batch]);
  const attach = useCallback(
    (found: EarlierRun) => {
      if (run.getState().phase !== "idle") return;
      if (found.kind === "ended") {
        const last = found.events.at(-1);
        if (last?.type === "run-paused") setWaiting({ runId: last.runId, lastSeq: last.seq });
        // What another version of the pipeline answered says nothing about this one.
        if (found.graphHash === session.getState().graphHash && !autosave.hasUnsavedWork)
          run.getState().show(found.events);
        return;
      }
      run.getState().begin(found.runId);
      view.setState({ runPanelOpen: true });
      setRunId(found.runId);
    },
    [run, view, session, autosave],
  );
  useEarlierRun(pipelineId, wished === null ? attach : null);
  useOpenedRun({ pipelineId, workbench, session, wished });

  const behind = useMemo(() => lastOf(run.getState().current, runId), [run, runId]);
  useSubscription(
    trpc.run.events.subscriptionOptions(
      { runId: runId ?? "", ...behind },
      {
        enabled: runId !== null,
        onData: ({ data }: { readonly data: RunEvent }) => {
          batch.push(data);
          if (data.type !== "run-end" && data.type !== "run-paused") return;
          batch.flush();
          setRunId(null);
          if (data.type === "run-paused") setWaiting({ runId: data.runId, lastSeq: data.seq });
          void queries.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
        },
        onConnectionStateChange: ({ state }) => {
          if (state !== "connecting" && state !== "pending") return;
          const { phase, current } = run.getState();
          if (state === "connecting" && phase === "running" && current && current.state.lastSeq >= 0)
            run.getState().setPhase("reconnecting");
        },
        onError: (error) => {
          run.getState().setPhase("ended");
          setRunId(null);
          tellError(error);
        },
      },
    ),
  );

  useAnswered(waiting, () => {
    setWaiting(null);
    // Meanwhile another may have been started.
    if (waiting !== null && run.getState().current?.runId === waiting.runId) setRunId(waiting.runId);
  });

  return useMemo(() => {
    const start = async (wish?: PartWish) => {
      const { phase } = run.getState();
      if (phase === "starting" || phase === "running" || phase === "reconnecting" || phase === "cancelling") return;
      const { document, catalog } = editor.getState();
      view.setState({ runPanelOpen: true });
      if (document.nodes.length === 0) {
        toast.error(t("emptyPipeline"));
        return;
      }
      const { whole, scope } = editor.getState();
      const { current } = run.getState();
      const within =
        wish === undefined || wish.mode === "changed" ? [] : framePrefix(current?.state, scope, view.getState().frames);
      const source = wish === undefined ? null : sourceOf(current, within);
      if (wish?.mode === "changed" && source === null) {
        toast.info(t("part.noSource"), { description: t("part.noSourceHelp") });
        return;
      }
      const { inputs, faults } = readInputs(inputFieldsOf(whole, catalog), session.getState().values);
      // A step that runs alone, and an item of a container, have inputs of their own.
      const asks = wish?.mode !== "alone" && within.length === 0;
      if (asks) session.setState({ faults });
      if (asks && Object.keys(faults).length > 0) {
        toast.error(t("inputsIncomplete"));
        return;
      }
      // What is on the screen runs: with a variant open, that variant.
      const tried = openVariantOf(document, view.getState().shownVariant);
      const before = phase;
      run.getState().setPhase("starting");
      try {
        if (!(await autosave.flush())) {
          run.getState().setPhase(before);
          toast.error(t("notSaved.title"), { description: t("notSaved.description") });
          return;
        }
        const { runId: started } = await client.run.start.mutate({
          pipelineId,
          revision: autosave.revision,
          inputs,
          conversationId: conversationOf(session.getState(), run.getState().current),
          variants: tried === null ? [] : [{ node: tried.node, id: tried.variant.id }],
          pins: true,
          ...(wish && {
            part: {
              ...wish,
              cleared: [...(wish.cleared ?? [])],
              within: [...within],
              ...(source !== null && { source }),
            },
          }),
        });
        if (asks) {
          rememberInputs(localStorage, pipelineId, inputs);
          void client.pipeline.saveSampleInputs
            .mutate({ id: pipelineId, inputs: inputs as never })
            .catch(() => undefined);
        }
        session.setState({ beginsAnew: false });
        run.getState().begin(started, within);
        setWaiting(null);
        setRunId(started);
      } catch (error) {
        run.getState().setPhase(before);
        const { data } = errorFacts(error);
        const refused = data.part as PartRefusal | undefined;
        if (refused !== undefined) {
          toast.error(t(`part.refused.${refused.code}`, { ...refused }), {
            description: t(`part.mend.${refused.code}`),
          });
        } else if (Array.isArray(data.diagnostics) && data.diagnostics.length > 0) {
          const found = data.diagnostics as readonly Diagnostic[];
          diagnostics.setState((former) => arrangeDiagnostics(found, former));
          const errors = found.filter(({ severity }) => severity === "error");
          const [first] = errors;
          const description = first && { description: textOf(first).title };
          toast.error(t("cannotRun", { count: errors.length }), description);
        } else tellError(error);
      }
    };
    const cancel = async () => {
      const { current, phase } = run.getState();
      if (!current || (phase !== "running" && phase !== "reconnecting" && phase !== "paused")) return;
      run.getState().setPhase("cancelling");
      try {
        await client.run.cancel.mutate({ id: current.runId });
      } catch (error) {
        run.getState().setPhase(phase);
        tellError(error);
      }
    };
    return {
      start: () => void start(),
      startPart: (wish: PartWish) => void start(wish),
      cancel: () => void cancel(),
    };
  }, [run, editor, view, diagnostics, session, autosave, client, pipelineId, t, textOf, tellError]);
};
