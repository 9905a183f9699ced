"use client";

import { useEffect } from "react";
import { useTRPCClient } from "@/components/trpc/client";

/** Finds, once, a run of the draft that this page did not start: after a reload, or started in another tab. */
export const useRunUnderWay = (pipelineId: string, found: (runId: string) => void): void => {
  const client = useTRPCClient();
  useEffect(() => {
    const left = new AbortController();
    client.run.list
      .query({ pipelineId, status: "running", limit: 10 }, { signal: left.signal })
      .then(({ items }) => {
        const [latest] = items.filter(({ trigger }) => trigger === "editor");
        if (latest !== undefined && !left.signal.aborted) found(latest.id);
      })
      // Only a convenience: the run is on the page of runs too.
      .catch(() => undefined);
    return () => left.abort();
  }, [client, pipelineId, found]);
};
