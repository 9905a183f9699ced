"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { toast } from "@/components/ui/toaster";
import type { DeploymentPageData } from "./deployment-page";

/** Lets another version go live; afterwards a toast offers the way back. */
export const useRollBack = ({ id, slug }: DeploymentPageData) => {
  const t = useTranslations("deployments.page");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const change = useMutation({
    mutationFn: (to: { readonly revisionId: string; readonly liveId: string; readonly undoable: boolean }) =>
      client.deployment.rollBack.mutate({ id, revisionId: to.revisionId, liveId: to.liveId }),
    onError: tellError,
    onSuccess: ({ number }, { revisionId, liveId, undoable }) => {
      toast.success(t("rolledBack", { slug, number }), {
        ...(undoable && {
          action: {
            label: t("undo"),
            onClick: () => change.mutate({ revisionId: liveId, liveId: revisionId, undoable: false }),
          },
        }),
      });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: trpc.deployment.pathKey() }),
  });
  return {
    busy: change.isPending,
    goTo: (revisionId: string, liveId: string, undoable: boolean) => change.mutate({ revisionId, liveId, undoable }),
  };
};
