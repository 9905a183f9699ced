import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { isStrictScorer } from "@/runtime/eval/scorers/strict-scorers";
import type { ScorerForm } from "../set-up/set-up-form";

export type FoundSentences = RouterOutputs["experiment"]["sentences"][number];

/** By scorer: earlier answers of the pipeline that its exact comparison would call wrong, although they contain what is expected. */
export const useSentences = (
  pipelineId: string,
  datasetId: string | null,
  scorers: readonly ScorerForm[],
): ReadonlyMap<string, FoundSentences> => {
  const trpc = useTRPC();
  const exact = useDeferredValue(
    scorers
      .filter(({ type }) => isStrictScorer(type))
      .slice(0, evalLimits.scorers)
      .map(({ id, type, output, expected }) => ({ id, type, output, expected })),
  );
  const { data } = useQuery(
    trpc.experiment.sentences.queryOptions(
      { pipelineId, datasetId: datasetId ?? "", scorers: exact },
      // A hint: where it cannot be had, nothing is said.
      { enabled: datasetId !== null && exact.length > 0, retry: false, placeholderData: keepPreviousData },
    ),
  );
  const known = new Set(exact.map(({ id }) => id));
  return new Map((data ?? []).filter(({ scorerId }) => known.has(scorerId)).map((each) => [each.scorerId, each]));
};
