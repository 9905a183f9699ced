"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PipelinePicker } from "@/components/pickers/pipeline-picker";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import type { PickerItem } from "@/components/ui/search-picker";
import { toast } from "@/components/ui/toaster";

/** Makes cases of the answers that people have rated. */
export function FeedbackDialog({ datasetId, onClose }: { readonly datasetId: string; readonly onClose: () => void }) {
  const t = useTranslations("datasets.feedback");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [pipeline, setPipeline] = useState<PickerItem | null>(null);
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
            disabled={pipeline === null}
            onClick={() => {
              if (pipeline !== null) add.mutate({ pipelineId: pipeline.id, into: { datasetId } });
            }}
          >
            {t("go")}
          </Button>
        }
      >
        <FormField label={t("pipeline")}>
          {(control) => <PipelinePicker {...control} label={t("choose")} chosen={pipeline} onPick={setPipeline} />}
        </FormField>
      </DialogContent>
    </Dialog>
  );
}
