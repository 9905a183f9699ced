"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "@/components/trpc/client";

const lookMs = 3_000;

/** Looks, while a run waits for people, whether its log goes on behind `lastSeq`; calls back once it does: somebody has answered, or it was cancelled. */
export const useAnswered = (
  waiting: { readonly runId: string; readonly lastSeq: number } | null,
  then: () => void,
): void => {
  const trpc = useTRPC();
  const progress = useQuery(
    trpc.run.progress.queryOptions(
      { id: waiting?.runId ?? "" },
      { enabled: waiting !== null, refetchInterval: lookMs, staleTime: 0 },
    ),
  );
  const callback = useRef(then);
  useEffect(() => {
    callback.current = then;
  });
  const reached = progress.data?.lastSeq ?? -1;
  const goesOn = waiting !== null && reached > waiting.lastSeq;
  useEffect(() => {
    if (goesOn) callback.current();
  }, [goesOn]);
};
