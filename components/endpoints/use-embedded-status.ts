import { useQuery } from "@tanstack/react-query";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";

export type EmbeddedStatus = NonNullable<RouterOutputs["endpoint"]["embedded"]>;

/** How often it is read again while it is looked at: loading a model takes seconds. */
const everyMs = 5_000;

/** What the shipped models' server says of itself; null while it does not answer or is not asked. */
export const useEmbeddedStatus = (enabled: boolean): EmbeddedStatus | null => {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.endpoint.embedded.queryOptions(undefined, { enabled, refetchInterval: everyMs }));
  // All cards share one answer; those of other servers have no part in it.
  return enabled ? (data ?? null) : null;
};
