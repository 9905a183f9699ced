"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toaster";
import type { DeploymentItem } from "./deployment-columns";
import { StopDialog } from "./stop-dialog";

/** Pausing asks, because programs notice at once; resuming does not. */
export function StateButton({
  deployment,
}: {
  readonly deployment: Pick<DeploymentItem, "id" | "slug" | "active" | "pipeline">;
}) {
  const t = useTranslations("deployments");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { id, slug, active } = deployment;
  const setActive = useMutation(
    trpc.deployment.setActive.mutationOptions({
      onError,
      onSuccess: () => toast.success(t(active ? "paused" : "resumed", { slug })),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.deployment.pathKey() }),
    }),
  );
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button
        busy={setActive.isPending}
        onClick={() => (active ? setAsking(true) : setActive.mutate({ id, active: true }))}
      >
        {t(active ? "pause" : "resume")}
      </Button>
      <StopDialog
        open={asking}
        onOpenChange={setAsking}
        pipeline={deployment.pipeline}
        by="pause"
        onStop={() => setActive.mutate({ id, active: false })}
      />
    </>
  );
}
