"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useJob } from "@/components/job/use-job";
import { useTRPC } from "@/components/trpc/client";

/** How often a base is read again while its documents are being indexed. */
const liveInterval = 1_500;

/** A base, kept current while it is being indexed, with the job that does it. */
export const useBase = (id: string) => {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const base = useQuery(
    trpc.knowledge.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data?.jobId ? liveInterval : false) },
    ),
  );
  const refresh = useCallback(() => queries.invalidateQueries({ queryKey: trpc.knowledge.pathKey() }), [queries, trpc]);
  const job = useJob(base.data?.jobId ?? null, () => void refresh());
  return { base, job, refresh };
};
