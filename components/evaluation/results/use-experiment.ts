"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useJob } from "@/components/job/use-job";
import { useTRPC } from "@/components/trpc/client";

/** How often partial results are read while the experiment runs. */
const liveInterval = 3_000;

/** An experiment, live while it runs. */
export const useExperiment = (id: string) => {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const experiment = useQuery(
    trpc.experiment.get.queryOptions(
      { id },
      {
        refetchInterval: ({ state }) =>
          state.data?.status === "running" || state.data?.status === "queued" ? liveInterval : false,
      },
    ),
  );
  const refresh = useCallback(
    () => void queries.invalidateQueries({ queryKey: trpc.experiment.pathKey() }),
    [queries, trpc],
  );
  const open = experiment.data?.status === "running" || experiment.data?.status === "queued";
  const job = useJob(open ? (experiment.data?.job?.id ?? null) : null, refresh);
  return { experiment, job, refresh };
};
