import { useQuery } from "@tanstack/react-query";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { byUse } from "@/runtime/node/model-use";

type Answer = RouterOutputs["endpoint"]["models"];

const none: Answer = {
  models: [],
  knowledgeDefault: null,
  defaults: byUse(() => null),
};

/** Models of the workspace, and which of them `default` stands for. */
export const useModels = () => {
  const trpc = useTRPC();
  const query = useQuery(trpc.endpoint.models.queryOptions(undefined, { staleTime: 15_000, refetchInterval: 30_000 }));
  return { ...(query.data ?? none), isLoading: query.isPending };
};
