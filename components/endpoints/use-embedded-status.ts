import { useQuery } from "@tanstack/react-query";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";

export type EmbeddedStatus = NonNullable<RouterOutputs["endpoint"]["embedded"]>;

/** How often it is read again while it is looked at: loading a model takes seconds. */
const everyMs = 5_000;

/** What the shipped models' server says of itself; null while it does not answer or is not asked. */
export const useEmbeddedStatus = (enabled: boolean): EmbeddedStatus | null => {
  const trpc = useTRPC();
  return useQuery(trpc.endpoint.embedded.queryOptions(undefined, { enabled, refetchInterval: everyMs })).data ?? null;
};
