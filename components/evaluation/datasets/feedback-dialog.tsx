"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";

/** Makes cases of the answers that people have rated. */
export function FeedbackDialog({ datasetId, onClose }: { readonly datasetId: string; readonly onClose: () => void }) {
  const t = useTranslations("datasets.feedback");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [pipelineId, setPipelineId] = useState("");
  const pipelines = useQuery(trpc.pipeline.list.queryOptions({ limit: 100 }));
  const add = useMutation(
    trpc.dataset.addFeedback.mutationOptions({
      onError,
      onSuccess: ({ rows }) => {
        toast.success(t("done", { count: rows }));
        void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
        onClose();
      },
    }),
  );
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <DialogContent
        title={t("title")}
        description={t("help")}
        footer={
          <Button
            variant="primary"
            busy={add.isPending}
            disabled={pipelineId === ""}
            onClick={() => add.mutate({ pipelineId, into: { datasetId } })}
          >
            {t("go")}
          </Button>
        }
      >
        <FormField label={t("pipeline")}>
          {(control) => (
            <Select {...control} placeholder={t("choose")} value={pipelineId} onValueChange={setPipelineId}>
              {(pipelines.data?.items ?? []).map(({ id, name }) => (
                <SelectItem key={id} value={id}>
                  {name}
                </SelectItem>
              ))}
            </Select>
          )}
        </FormField>
      </DialogContent>
    </Dialog>
  );
}
