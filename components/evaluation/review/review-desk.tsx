"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { type RouterInputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Kbd } from "@/components/ui/kbd";
import { ProgressBar } from "@/components/ui/progress-bar";
import { ReviewCase } from "./review-case";

type Said = RouterInputs["review"]["answer"]["said"];

interface ReviewDeskProps {
  readonly id: string;
  readonly scorerId: string;
}

const sides = [
  { said: "left", keys: ["1", "ArrowLeft"], shown: "1" },
  { said: "same", keys: ["0", "ArrowDown"], shown: "0" },
  { said: "right", keys: ["2", "ArrowRight"], shown: "2" },
] as const satisfies readonly { readonly said: Said; readonly keys: readonly string[]; readonly shown: string }[];
const stars = (["1", "2", "3", "4", "5"] as const).map((said) => ({ said, keys: [said], shown: said }));

/** One case after the other; what was said is kept at once, and can be taken back. */
export function ReviewDesk({ id, scorerId }: ReviewDeskProps) {
  const t = useTranslations("experiments.review");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const input = { id, scorerId };
  const queue = useQuery(
    trpc.review.queue.queryOptions(input, { staleTime: 0, refetchOnWindowFocus: false, placeholderData: (old) => old }),
  );
  /** Judged since the queue was read: the next one is shown without waiting. */
  const [judged, setJudged] = useState<ReadonlySet<number>>(new Set());
  const refresh = async () => {
    await queries.invalidateQueries({ queryKey: trpc.review.queue.queryKey(input) });
    setJudged(new Set());
    void queries.invalidateQueries({ queryKey: trpc.experiment.pathKey() });
  };
  // One after the other, in the order in which they were said: what is taken back is what was stored last.
  const scope = { id: `review ${id} ${scorerId}` };
  const answer = useMutation(
    trpc.review.answer.mutationOptions({
      scope,
      onError: (error) => {
        onError(error);
        void refresh();
      },
    }),
  );
  const undo = useMutation(trpc.review.undo.mutationOptions({ scope, onError, onSuccess: refresh }));
  const left = queue.data?.items.filter(({ at }) => !judged.has(at)) ?? [];
  const [item] = left;
  const choices = queue.data?.pairwise === false ? stars : sides;
  const say = (said: Said) => {
    if (item === undefined) return;
    setJudged((before) => new Set(before).add(item.at));
    const last = left.length === 1;
    answer.mutate({ ...input, at: item.at, said }, { onSuccess: () => (last ? refresh() : undefined) });
  };
  const takeBack = () => {
    if (!undo.isPending) undo.mutate(input);
  };
  usePageKeys({
    u: takeBack,
    ...Object.fromEntries(choices.flatMap(({ said, keys }) => keys.map((key) => [key, () => say(said)]))),
  });
  if (queue.isPending) return <PageSkeleton />;
  if (queue.isError) return <QueryError error={queue.error} onRetry={() => void queue.refetch()} className="flex-1" />;
  const done = Math.min(queue.data.total, queue.data.done + judged.size);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-10 shrink-0 items-center gap-3 border-line border-b px-5 text-sm">
        <ProgressBar label={t("progress")} value={done} most={queue.data.total} className="w-48" />
        <span className="tabular text-muted" data-testid="review-progress">
          {t("done", { done, total: queue.data.total })}
        </span>
        <span className="flex-1" />
        <Button variant="ghost" disabled={done === 0} busy={undo.isPending} onClick={takeBack}>
          <Undo2 />
          {t("undo")}
          <Kbd>{"U"}</Kbd>
        </Button>
      </div>
      {item === undefined ? (
        <EmptyState
          className="flex-1"
          title={queue.isFetching || answer.isPending ? t("next") : t(done > 0 ? "allDone" : "noAnswers")}
          description={t("allDoneHelp")}
          actions={
            <Button asChild>
              <Link href={`/evaluation/experiments/${id}`}>{t("back")}</Link>
            </Button>
          }
        />
      ) : (
        <>
          <ReviewCase key={item.at} item={item} question={queue.data.question} pairwise={queue.data.pairwise} />
          <div className="flex shrink-0 flex-wrap items-center justify-center gap-2 border-line border-t bg-surface px-5 py-3">
            {choices.map(({ said, shown }) => (
              <Button key={said} size="lg" onClick={() => say(said)}>
                {t(`say.${said}`)}
                <Kbd>{shown}</Kbd>
              </Button>
            ))}
          </div>
        </>
      )}
    </div>
  );
}
