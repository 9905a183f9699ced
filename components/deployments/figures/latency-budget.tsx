"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import type { RunFilter } from "@/components/runs/run-filter";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { RunsLink } from "./runs-link";
import { useShare } from "./sums";

const mostSeconds = 3_600;

interface LatencyBudgetProps {
  readonly id: string;
  readonly figures: RouterOutputs["rollup"]["deployment"];
  readonly filter: RunFilter;
}

/** How long an answer should take, and how many took longer. */
export function LatencyBudget({ id, figures: { latencyBudgetMs, overBudget, total }, filter }: LatencyBudgetProps) {
  const t = useTranslations("deployments.figures");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const share = useShare();
  const field = useId();
  const known = latencyBudgetMs === null ? "" : String(latencyBudgetMs / 1000);
  const [text, setText] = useState<string | null>(null);
  const set = useMutation(
    trpc.rollup.setLatencyBudget.mutationOptions({
      onError,
      onSuccess: () => {
        setText(null);
        return queries.invalidateQueries({ queryKey: trpc.rollup.deployment.queryKey() });
      },
    }),
  );
  const shown = text ?? known;
  const seconds = shown.trim() === "" ? null : Number(shown);
  const isValid = seconds === null || (seconds >= 0.001 && seconds <= mostSeconds);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isValid) set.mutate({ id, milliseconds: seconds === null ? null : Math.round(seconds * 1000) });
  };
  return (
    <form onSubmit={submit} className="flex flex-wrap items-center gap-2 text-sm">
      <label htmlFor={field} className="text-muted">
        {t("budget")}
      </label>
      <Input
        id={field}
        className="w-24"
        inputMode="decimal"
        placeholder="1.5"
        aria-invalid={!isValid}
        value={shown}
        onChange={(event) => setText(event.target.value)}
      />
      <span className="text-muted">{t("seconds")}</span>
      {text !== null && text !== known ? (
        <Button type="submit" size="sm" busy={set.isPending} disabled={!isValid}>
          {t("saveBudget")}
        </Button>
      ) : null}
      {isValid ? null : <span className="text-error">{t("budgetInvalid", { most: mostSeconds })}</span>}
      {overBudget !== null && latencyBudgetMs !== null && total.runs > 0 ? (
        <RunsLink filter={{ ...filter, slowerMs: latencyBudgetMs }}>
          {t("overBudget", { count: overBudget, share: share(overBudget / total.runs) })}
        </RunsLink>
      ) : null}
    </form>
  );
}
