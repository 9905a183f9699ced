"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ClipboardPaste, Gauge, Plus, Target } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { Select, SelectItem } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import { type Base, limits } from "../types";
import { ImportDialog } from "./import-dialog";
import { useQuestionColumns } from "./question-columns";
import { QuestionDialog } from "./question-dialog";
import { type QuestionRow, rankRows } from "./rank-rows";
import { ScoresChart } from "./scores-chart";

const topKs = [1, 3, 5, 10, 20] as const;

/** How well the search finds what it should: a small labelled set, and three figures for each way. */
export function QualityTab({ base }: { readonly base: Base }) {
  const t = useTranslations("knowledge.quality");
  const search = useTranslations("knowledge.search");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [topK, setTopK] = useState(5);
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  /** Nothing is measured before somebody asks; from then on every change of `k` measures again. */
  const [asked, setAsked] = useState(false);
  const questions = useQuery(trpc.knowledge.questions.queryOptions({ id: base.id }));
  const measure = useQuery(
    trpc.knowledge.measure.queryOptions(
      { id: base.id, topK },
      { enabled: asked, placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  const questionsKey = trpc.knowledge.questions.queryKey({ id: base.id });
  const onSettled = () => queries.invalidateQueries({ queryKey: questionsKey });
  const remove = useMutation(trpc.knowledge.removeQuestion.mutationOptions({ onError, onSettled }));
  const add = useMutation(trpc.knowledge.addQuestion.mutationOptions({ onError, onSettled }));
  const { mutate: removeOne } = remove;
  const { mutate: addOne } = add;
  const onRemove = useCallback(
    ({ id, question, answers }: QuestionRow) =>
      removeOne(
        { id },
        {
          onSuccess: () =>
            toast(t("removed"), {
              action: { label: t("undo"), onClick: () => addOne({ id: base.id, question, answers: [...answers] }) },
            }),
        },
      ),
    [removeOne, addOne, t, base.id],
  );
  const items = questions.data?.items;
  const rows = useMemo(() => rankRows(items ?? [], asked ? measure.data : undefined), [items, asked, measure.data]);
  const columns = useQuestionColumns({ baseId: base.id, topK, onRemove });
  usePageKeys({ n: () => setAdding(true) });

  const addButtons = (
    <>
      <Button onClick={() => setImporting(true)}>
        <ClipboardPaste />
        {t("import")}
      </Button>
      <Button onClick={() => setAdding(true)}>
        <Plus />
        {t("addQuestion")}
      </Button>
    </>
  );
  const count = items?.length ?? 0;
  const run = () => {
    if (asked) void measure.refetch();
    else setAsked(true);
  };
  const isNew = asked && measure.data !== undefined && rows.some(({ ranks }) => ranks === null);
  return (
    <>
      {questions.isError ? (
        <QueryError error={questions.error} onRetry={() => void questions.refetch()} className="flex-1" />
      ) : count === 0 && !questions.isPending ? (
        <EmptyState
          icon={<Target />}
          title={t("none")}
          description={t("noneHelp")}
          actions={addButtons}
          className="flex-1"
        />
      ) : (
        <>
          <div className="flex h-11 shrink-0 items-center gap-3 border-line border-b px-5">
            <span className="text-muted">{t("count", { count })}</span>
            <span className="flex-1" />
            {addButtons}
            <Select
              aria-label={search("topK")}
              className="w-28"
              value={String(topK)}
              onValueChange={(k) => setTopK(Number(k))}
            >
              {topKs.map((k) => (
                <SelectItem key={k} value={String(k)}>
                  {search("best", { k })}
                </SelectItem>
              ))}
            </Select>
            <Button variant="primary" busy={measure.isFetching} disabled={base.chunkCount === 0} onClick={run}>
              <Gauge />
              {t(asked ? "measureAgain" : "measure")}
            </Button>
          </div>
          {asked && measure.isError ? (
            <QueryError error={measure.error} onRetry={() => void measure.refetch()} />
          ) : asked && measure.data ? (
            <div className="shrink-0 border-line border-b px-5 py-4">
              <ScoresChart ways={measure.data.ways} topK={topK} />
              {isNew ? <p className="mt-2 text-muted text-xs">{t("changed")}</p> : null}
            </div>
          ) : base.chunkCount === 0 ? (
            <p className="border-line border-b bg-page px-5 py-2 text-muted">{t("emptyBase")}</p>
          ) : null}
          <DataTable
            label={t("title")}
            rows={rows}
            columns={columns}
            rowId={(row) => row.id}
            loading={questions.isPending}
            empty={null}
          />
        </>
      )}
      <QuestionDialog baseId={base.id} open={adding} onOpenChange={setAdding} />
      <ImportDialog
        baseId={base.id}
        room={Math.max(0, limits.questions - count)}
        open={importing}
        onOpenChange={setImporting}
      />
    </>
  );
}
