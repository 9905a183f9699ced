"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { Skeleton } from "@/components/ui/skeleton";
import { useShownName } from "./use-shown-name";

export function WorkspaceName() {
  const trpc = useTRPC();
  const { data, isPending } = useQuery(trpc.workspace.get.queryOptions(undefined, { staleTime: 60_000 }));
  const shownName = useShownName();
  if (isPending || !data) return <Skeleton className="h-3.5 flex-1" />;
  return (
    <span className="min-w-0 flex-1 truncate font-medium text-fg" title={shownName("workspace", data.name)}>
      {shownName("workspace", data.name)}
    </span>
  );
}
