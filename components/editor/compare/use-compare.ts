import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import { useStore } from "zustand";
import { nextFrame } from "@/components/run/frame-batch";
import { inputFieldsOf, readInputs } from "@/components/run/run-inputs";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { toast } from "@/components/ui/toaster";
import type { RunEvent } from "@/runtime/run/events";
import { useSession } from "../session";
import { useEditor, useWorkbench } from "../workbench";
import { keepCases } from "./cases-keeper";
import { type CompareColumn, columnsOf, madeOf, shownColumns } from "./compare-columns";
import { type CompareJob, createCompareRunner } from "./compare-runner";
import { type CompareCase, type CompareState, cellKey } from "./compare-store";

export const useCompareState = <T>(selector: (state: CompareState) => T): T => useStore(useSession().compare, selector);

/** The columns of a node that there are, and those that are shown. */
export const useCompareColumns = (node: string) => {
  const document = useEditor((state) => state.whole);
  const chosen = useCompareState((state) => state.chosen[node]);
  return useMemo(() => {
    const all = columnsOf(document, node);
    return { all, shown: shownColumns(all, chosen) };
  }, [document, node, chosen]);
};

/** Runs what is compared. Leaving the comparison stops what is under way; what has been answered stays. */
export const useCompare = (node: string) => {
  const { pipelineId, autosave, compare } = useSession();
  const { editor } = useWorkbench();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const t = useTranslations("editor.compare");

  const runner = useMemo(
    () =>
      createCompareRunner(compare, {
        start: async ({ inputs, overrides }) => {
          const revision = autosave.revision;
          const asked = { pipelineId, revision, inputs, overrides: [...overrides] };
          return (await client.run.start.mutate(asked)).runId;
        },
        watch: (runId, on) => {
          const { unsubscribe } = client.run.events.subscribe(
            { runId },
            {
              onData: ({ data }: { readonly data: RunEvent }) => on.event(data),
              onError: on.failed,
            },
          );
          return unsubscribe;
        },
        cancel: async (runId) => {
          await client.run.cancel.mutate({ id: runId });
        },
        readError: errorFacts,
        requestFrame: nextFrame,
      }),
    [compare, client, autosave, pipelineId],
  );
  useEffect(() => () => runner.cancel(), [runner]);
  useEffect(
    () =>
      compare.subscribe(({ cases }, before) => {
        if (cases !== before.cases) keepCases(localStorage, pipelineId, cases);
      }),
    [compare, pipelineId],
  );

  return useMemo(() => {
    /** Comparisons and experiments run what the server has. */
    const save = async (): Promise<boolean> => {
      const saved = await autosave.flush();
      if (!saved) toast.error(t("notSaved.title"), { description: t("notSaved.description") });
      return saved;
    };
    const run = async (cases: readonly CompareCase[], columns: readonly CompareColumn[]) => {
      const { document, catalog } = editor.getState();
      const fields = inputFieldsOf(document, catalog);
      const faults: Record<string, CompareState["faults"][string]> = {};
      const jobs: CompareJob[] = [];
      for (const { id, values } of cases) {
        const read = readInputs(fields, values);
        if (Object.keys(read.faults).length > 0) {
          faults[id] = read.faults;
          continue;
        }
        for (const column of columns) {
          const made = madeOf(document, column, read.inputs);
          jobs.push({ key: cellKey(column.id, id), made, inputs: read.inputs, overrides: column.overrides });
        }
      }
      const [faulty] = Object.keys(faults);
      compare.setState({ faults, editing: faulty ?? null });
      if (jobs.length === 0) return;
      if (!(await save())) return;
      runner.run(jobs);
      void queries.invalidateQueries({ queryKey: trpc.run.list.queryKey() });
    };
    return {
      save,
      runAll: () => {
        const columns = shownColumns(columnsOf(editor.getState().whole, node), compare.getState().chosen[node]);
        void run(compare.getState().cases, columns);
      },
      runCell: (each: CompareCase, column: CompareColumn) => void run([each], [column]),
      cancel: (keys?: readonly string[]) => runner.cancel(keys),
      removeCase: (id: string) => {
        runner.cancel(columnsOf(editor.getState().whole, node).map((column) => cellKey(column.id, id)));
        compare.getState().removeCase(id);
      },
    };
  }, [compare, runner, editor, autosave, node, queries, trpc, t]);
};
export type CompareCommands = ReturnType<typeof useCompare>;
