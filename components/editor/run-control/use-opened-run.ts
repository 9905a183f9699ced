import { useEffect } from "react";
import type { StoreApi } from "zustand";
import { initialValues, inputFieldsOf } from "@/components/run/run-inputs";
import { useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import type { SessionState } from "../session";
import type { Workbench } from "../workbench";

interface OpenedRunOptions {
  readonly pipelineId: string;
  readonly workbench: Workbench;
  readonly session: StoreApi<SessionState>;
  readonly wished: string | null;
}

/** Shows a stored run on the draft, whatever version it was of: its inputs in the form, its results on the steps that are still there. */
export const useOpenedRun = ({ pipelineId, workbench, session, wished }: OpenedRunOptions): void => {
  const client = useTRPCClient();
  const tellError = useErrorToast();
  useEffect(() => {
    if (wished === null) return;
    const left = new AbortController();
    const open = async () => {
      const { summary, document, events } = await client.run.get.query({ id: wished }, { signal: left.signal });
      const [first] = events;
      if (left.signal.aborted || summary.pipeline.id !== pipelineId || first?.type !== "run-start") return;
      const { run, editor, view } = workbench;
      if (run.getState().phase !== "idle") return;
      run.getState().show(events);
      view.setState({ runPanelOpen: true });
      session.setState({
        openedRun: { id: summary.id, number: summary.revisionNumber, document, trigger: summary.trigger },
        ...(first.part?.within === undefined && {
          values: initialValues(inputFieldsOf(editor.getState().whole, editor.getState().catalog), first.inputs),
          faults: {},
        }),
      });
    };
    open().catch((error) => {
      if (!left.signal.aborted) tellError(error);
    });
    return () => left.abort();
  }, [client, pipelineId, workbench, session, wished, tellError]);
};
