"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { toast } from "@/components/ui/toaster";

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What can be done to a pipeline from a list. Removing asks nothing, because the toast's button brings it back. */
export const usePipelineActions = () => {
  const t = useTranslations("pipelines");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.pipeline.pathKey() });

  const rename = useMutation(trpc.pipeline.rename.mutationOptions({ onError, onSettled }));
  const duplicate = useMutation(trpc.pipeline.duplicate.mutationOptions({ onError, onSettled }));
  const remove = useMutation(trpc.pipeline.remove.mutationOptions({ onError, onSettled }));
  const restore = useMutation(trpc.pipeline.restore.mutationOptions({ onError, onSettled }));

  return {
    rename: (pipeline: Named, name: string) => rename.mutateAsync({ id: pipeline.id, name }),
    duplicate: (pipeline: Named) =>
      duplicate.mutate(
        { id: pipeline.id },
        { onSuccess: () => toast.success(t("duplicated", { name: pipeline.name })) },
      ),
    remove: (pipeline: Named) =>
      remove.mutate(
        { id: pipeline.id },
        {
          onSuccess: () =>
            toast(t("removed", { name: pipeline.name }), {
              duration: 10_000,
              action: { label: t("undo"), onClick: () => restore.mutate({ id: pipeline.id }) },
            }),
        },
      ),
    restore: (pipeline: Named) =>
      restore.mutate({ id: pipeline.id }, { onSuccess: () => toast.success(t("restored", { name: pipeline.name })) }),
  };
};
