"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState } from "react";
import { useJob } from "@/components/job/use-job";
import { useTRPC } from "@/components/trpc/client";
import { type Seen, timeLeft } from "./time-left";

/** How often counts are read while the sheet runs. */
const liveInterval = 2_000;

/** A sheet, live while it runs, with the milliseconds that are left of it; null while that cannot be said. */
export const useSheet = (id: string) => {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const isOpen = (status: string | undefined) => status === "running" || status === "queued";
  const sheet = useQuery(
    trpc.sheet.get.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (isOpen(state.data?.status) ? liveInterval : false) },
    ),
  );
  const refresh = useCallback(
    () => void queries.invalidateQueries({ queryKey: trpc.sheet.pathKey() }),
    [queries, trpc],
  );
  const open = isOpen(sheet.data?.status);
  const jobId = sheet.data?.jobId ?? null;
  const job = useJob(jobId, refresh);
  const running = open && job.job?.status === "running";
  const done = running ? (job.job?.done ?? 0) : null;
  const total = sheet.data?.rowsTotal ?? 0;
  const [pace, setPace] = useState<{
    readonly job: string | null;
    readonly first: Seen | null;
    readonly left: number | null;
  }>({
    job: null,
    first: null,
    left: null,
  });
  useEffect(() => {
    if (done === null) return;
    const now = { at: performance.now(), done };
    setPace((former) => {
      const first = former.job === jobId && former.first !== null ? former.first : now;
      return { job: jobId, first, left: timeLeft(first, now, total) };
    });
  }, [done, jobId, total]);
  return {
    sheet,
    job,
    refresh,
    done: done ?? sheet.data?.rowsDone ?? 0,
    left: running && pace.job === jobId ? pace.left : null,
  };
};
