"use client";

import { useMutation } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";

export type JobItem = RouterOutputs["job"]["get"];

export const isOpen = ({ status }: Pick<JobItem, "status">): boolean => status === "queued" || status === "running";

/** A job, live until it has ended. `onEnd` is called once for each job that ends while it is watched. */
export const useJob = (id: string | null, onEnd?: (job: JobItem) => void) => {
  const trpc = useTRPC();
  const [job, setJob] = useState<JobItem | null>(null);
  const current = job?.id === id ? job : null;
  const end = useRef(onEnd);
  useEffect(() => {
    end.current = onEnd;
  });
  const watching = id !== null && (current === null || isOpen(current));
  useSubscription(
    trpc.job.watch.subscriptionOptions(
      { id: id ?? "" },
      {
        enabled: watching,
        onData: (next) => {
          setJob(next);
          if (!isOpen(next)) end.current?.(next);
        },
      },
    ),
  );
  const tell = useErrorToast();
  const cancel = useMutation(trpc.job.cancel.mutationOptions({ onError: tell }));
  const { mutate } = cancel;
  return {
    job: current,
    cancel: useCallback(() => {
      if (id !== null) mutate({ id });
    }, [id, mutate]),
    cancelling: cancel.isPending || (current?.cancelling ?? false),
  };
};
