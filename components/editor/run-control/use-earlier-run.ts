"use client";

import { useEffect } from "react";
import { useTRPCClient } from "@/components/trpc/client";
import type { RunEvent } from "@/runtime/run/events";

export type EarlierRun =
  | { readonly kind: "under-way"; readonly runId: string }
  | { readonly kind: "ended"; readonly graphHash: string; readonly events: readonly RunEvent[] };

/** Finds, once, the latest run of the draft that this page did not start: from before a reload, or of another tab. */
export const useEarlierRun = (pipelineId: string, found: ((run: EarlierRun) => void) | null): void => {
  const client = useTRPCClient();
  useEffect(() => {
    if (found === null) return;
    const left = new AbortController();
    const { signal } = left;
    const look = async () => {
      const { items } = await client.run.list.query({ pipelineId, limit: 10 }, { signal });
      const latest = items.find(({ trigger }) => trigger === "editor");
      if (latest === undefined || signal.aborted) return;
      if (latest.status === "running") {
        found({ kind: "under-way", runId: latest.id });
        return;
      }
      const { events } = await client.run.get.query({ id: latest.id }, { signal });
      const [start] = events;
      if (start?.type === "run-start" && !signal.aborted) found({ kind: "ended", graphHash: start.graphHash, events });
    };
    // Only a convenience: the run is on the page of runs too.
    look().catch(() => undefined);
    return () => left.abort();
  }, [client, pipelineId, found]);
};
