"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";

interface ClearButtonProps {
  readonly pipelineId: string;
  readonly deploymentId?: string;
  readonly step?: string;
  readonly disabled?: boolean;
}

/** Lets go of what is kept, once it is confirmed. */
export function ClearButton({ disabled = false, ...what }: ClearButtonProps) {
  const t = useTranslations("deployments.cache");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const clear = useMutation(
    trpc.answerCache.clear.mutationOptions({
      onError: useErrorToast(),
      onSuccess: async ({ count }) => {
        setAsked(false);
        toast.success(t("cleared", { count }));
        await queries.invalidateQueries({ queryKey: trpc.answerCache.pathKey() });
      },
    }),
  );
  return (
    <>
      <Button size="sm" disabled={disabled} onClick={() => setAsked(true)}>
        {t("clear")}
      </Button>
      <AlertDialog
        open={asked}
        onOpenChange={setAsked}
        title={t("clearTitle")}
        description={t("clearHelp")}
        action={t("clear")}
        busy={clear.isPending}
        onAction={() => clear.mutate(what)}
      />
    </>
  );
}
