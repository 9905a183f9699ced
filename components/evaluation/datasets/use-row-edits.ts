"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { type RouterInputs, type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { toast } from "@/components/ui/toaster";

export type Row = RouterOutputs["dataset"]["rows"]["rows"][number];
type Change = Omit<RouterInputs["dataset"]["updateRow"], "id" | "rowId" | "revision">;

/** How many changes can be taken back. */
const mostUndone = 100;

/** Changes rows one after the other, so that each is based on the one before; keeps what they were, for undo. */
export const useRowEdits = (datasetId: string, replace: (row: Row) => void, refresh: () => void) => {
  const t = useTranslations("datasets.page");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const update = useMutation(trpc.dataset.updateRow.mutationOptions());
  const latest = useRef(new Map<string, Row>());
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const former = useRef<{ readonly rowId: string; readonly change: Change }[]>([]);

  const send = (row: Row, change: Change, remember: boolean) => {
    const work = async () => {
      const now = latest.current.get(row.id) ?? row;
      try {
        const changed = await update.mutateAsync({ id: datasetId, rowId: row.id, revision: now.revision, ...change });
        latest.current.set(row.id, changed as Row);
        replace(changed as Row);
        if (!remember) return;
        const before = Object.fromEntries(Object.keys(change).map((key) => [key, now[key as keyof Row]])) as Change;
        former.current = [...former.current.slice(-mostUndone + 1), { rowId: row.id, change: before }];
      } catch (error) {
        latest.current.delete(row.id);
        if (errorFacts(error).reason === "stale-revision") toast.error(t("stale"));
        else onError(error);
        refresh();
      }
    };
    queue.current = queue.current.then(work);
    void queue.current.then(() =>
      queries.invalidateQueries({ queryKey: trpc.dataset.get.queryKey({ id: datasetId }) }),
    );
    return queue.current;
  };
  return {
    change: (row: Row, change: Change) => send(row, change, true),
    /** Takes the last change back; false where there is none. */
    undo: (rows: readonly Row[]): boolean => {
      const last = former.current.pop();
      const row = rows.find(({ id }) => id === last?.rowId);
      if (last === undefined || row === undefined) return false;
      void send(row, last.change, false);
      return true;
    },
  };
};
