"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { createFrameBatch, type FrameBatch } from "@/components/run/frame-batch";
import { useAnswered } from "@/components/run/use-answered";
import { useTRPC } from "@/components/trpc/client";
import type { RunEvent } from "@/runtime/run/events";
import { joinEvents } from "./join-events";

const nextFrame = (callback: () => void) => {
  const frame = requestAnimationFrame(callback);
  return () => cancelAnimationFrame(frame);
};

/** A run's record, and its log up to now: what was stored when the page opened, and what has arrived since. */
export const useRunLog = (id: string) => {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const run = useQuery(trpc.run.get.queryOptions({ id }, { staleTime: Number.POSITIVE_INFINITY }));
  const [arrived, setArrived] = useState<readonly RunEvent[]>([]);
  const batch = useRef<FrameBatch<RunEvent> | null>(null);
  useEffect(() => {
    const mine = createFrameBatch<RunEvent>((events) => setArrived((all) => joinEvents(all, events)), nextFrame);
    batch.current = mine;
    return () => mine.stop();
  }, []);

  const stored = run.data?.events;
  const events = useMemo(() => joinEvents(stored ?? [], arrived), [stored, arrived]);
  const last = events.at(-1)?.type;
  // One that waits for people is let go of, too: nothing comes before somebody has answered.
  const ended = last === "run-end" || last === "run-paused";
  const running = run.data?.summary.status === "running" && !ended;
  const lastStored = stored?.at(-1)?.seq;
  const subscription = useSubscription(
    trpc.run.events.subscriptionOptions(
      { runId: id, ...(lastStored === undefined ? {} : { lastEventId: String(lastStored) }) },
      { enabled: running, onData: ({ data }) => batch.current?.push(data) },
    ),
  );

  // The summary (status, tokens, cost) is the server's to add up: it is read again once the run has ended.
  const wasRunning = run.data?.summary.status === "running";
  useEffect(() => {
    if (!ended || !wasRunning) return;
    void queries.invalidateQueries({ queryKey: trpc.run.pathKey() });
    void queries.invalidateQueries({ queryKey: trpc.pipeline.list.pathKey() });
  }, [ended, wasRunning, queries, trpc]);

  const isPaused = run.data?.summary.status === "paused" && lastStored !== undefined;
  useAnswered(isPaused ? { runId: id, lastSeq: lastStored } : null, () => {
    void queries.invalidateQueries({ queryKey: trpc.run.pathKey() });
  });

  return { run, events, running, reconnecting: running && subscription.status === "error" };
};
