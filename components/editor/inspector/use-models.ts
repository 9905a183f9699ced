import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";

export interface ModelOption {
  /** `<endpoint slug>/<model name>`. */
  readonly ref: string;
  readonly name: string;
  readonly endpoint: string;
  readonly chat: boolean;
  readonly embedding: boolean;
  readonly jsonSchema: boolean;
  readonly available: boolean;
}

/** Models of the workspace, and which of them `default` stands for. */
export const useModels = () => {
  const trpc = useTRPC();
  const query = useQuery(trpc.endpoint.models.queryOptions(undefined, { staleTime: 15_000, refetchInterval: 30_000 }));
  return {
    models: (query.data?.models ?? []) as readonly ModelOption[],
    defaults: query.data?.defaults ?? { chat: null, embedding: null },
    isLoading: query.isPending,
    error: query.error,
  };
};
