"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { toast } from "@/components/ui/toaster";
import type { DocumentItem } from "../types";

type Named = Pick<DocumentItem, "id" | "name" | "chunkCount">;

/** Try again and delete. Deleting takes every trace, which no undo could bring back, so it asks first. */
export const useDocumentActions = (onRemoved?: () => void) => {
  const t = useTranslations("knowledge.documents");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const onSettled = () => queries.invalidateQueries({ queryKey: trpc.knowledge.pathKey() });
  const [asked, setAsked] = useState<Named | null>(null);
  const retry = useMutation(trpc.knowledge.retryDocument.mutationOptions({ onError, onSettled }));
  const remove = useMutation(trpc.knowledge.removeDocument.mutationOptions({ onError, onSettled }));
  const doRemove = ({ id, name }: Named) =>
    remove.mutate(
      { id },
      {
        onSuccess: () => {
          toast.success(t("removed", { name }));
          onRemoved?.();
        },
      },
    );
  const { mutate } = retry;
  return {
    retry: useCallback(({ id }: Named) => mutate({ id }), [mutate]),
    askToRemove: setAsked,
    dialog: (
      <AlertDialog
        open={asked !== null}
        onOpenChange={(open) => (open ? undefined : setAsked(null))}
        title={t("removeTitle", { name: asked?.name ?? "" })}
        description={t("removeHelp", { count: asked?.chunkCount ?? 0 })}
        action={t("remove")}
        onAction={() => {
          if (asked) doRemove(asked);
          setAsked(null);
        }}
      />
    ),
  };
};
