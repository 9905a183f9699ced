"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { toast } from "@/components/ui/toaster";

interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * What can be done to a pipeline from a list. Removing asks nothing, because the toast's button brings it back as it was; a live one is removed
 * only where `stopsApi` says that the person was asked, else `onLive` is called.
 */
export const usePipelineActions = () => {
  const t = useTranslations("pipelines");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: trpc.pipeline.pathKey() }),
      queries.invalidateQueries({ queryKey: trpc.deployment.pathKey() }),
    ]);

  const rename = useMutation(trpc.pipeline.rename.mutationOptions({ onError, onSettled }));
  const duplicate = useMutation(trpc.pipeline.duplicate.mutationOptions({ onError, onSettled }));
  const remove = useMutation(trpc.pipeline.remove.mutationOptions({ onSettled }));
  const restore = useMutation(trpc.pipeline.restore.mutationOptions({ onError, onSettled }));

  /** The row that asked for it is gone with the pipeline, and the callbacks of a call with it; its promise is not. */
  const bringBack = (pipeline: Named) =>
    void restore.mutateAsync({ id: pipeline.id }).then(
      ({ slug }) =>
        toast.success(
          slug === null ? t("restored", { name: pipeline.name }) : t("restoredLive", { name: pipeline.name, slug }),
        ),
      // Said by the mutation itself.
      () => {},
    );
  return {
    rename: (pipeline: Named, name: string) => rename.mutateAsync({ id: pipeline.id, name }),
    duplicate: (pipeline: Named) =>
      duplicate.mutate(
        { id: pipeline.id },
        { onSuccess: () => toast.success(t("duplicated", { name: pipeline.name })) },
      ),
    remove: (pipeline: Named, { stopsApi, onLive }: { readonly stopsApi: boolean; readonly onLive: () => void }) =>
      remove.mutate(
        { id: pipeline.id, stopsApi },
        {
          onError: (error) => {
            // It went live after the list was read.
            if (errorFacts(error).data.reason === "is-live") onLive();
            else onError(error);
          },
          onSuccess: () =>
            toast(t("removed", { name: pipeline.name }), {
              duration: 10_000,
              action: { label: t("undo"), onClick: () => bringBack(pipeline) },
            }),
        },
      ),
    restore: bringBack,
  };
};
