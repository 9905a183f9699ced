import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";

export type EvaluationChoice = NonNullable<RouterOutputs["pipeline"]["evaluationChoice"]>;

/** With which dataset, columns and scorer a pipeline's answers are looked at: chosen in one place, known in all. Undefined until it is read. */
export const useEvaluationChoice = (pipelineId: string) => {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: choice } = useQuery(trpc.pipeline.evaluationChoice.queryOptions({ id: pipelineId }));
  // What could not be remembered is chosen again: that is no reason to disturb anybody.
  const { mutate } = useMutation(trpc.pipeline.saveEvaluationChoice.mutationOptions());
  const remember = useCallback(
    (next: EvaluationChoice) => {
      queries.setQueryData(trpc.pipeline.evaluationChoice.queryKey({ id: pipelineId }), next);
      const { datasetName: _, ...choice } = next;
      mutate({ id: pipelineId, choice });
    },
    [queries, trpc, pipelineId, mutate],
  );
  return { choice, remember };
};
