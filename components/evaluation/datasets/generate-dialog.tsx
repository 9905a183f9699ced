"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";

/** Has the workspace's chat model write cases after a description. Closing it ends the writing. */
export function GenerateDialog({ datasetId, onClose }: { readonly datasetId: string; readonly onClose: () => void }) {
  const t = useTranslations("datasets.generate");
  const ui = useTranslations("ui");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [about, setAbout] = useState("");
  const [count, setCount] = useState("10");
  const left = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    left.current = controller;
    return () => controller.abort();
  }, []);
  const generate = useMutation({
    mutationFn: (input: { readonly id: string; readonly description: string; readonly count: number }) =>
      client.dataset.generateRows.mutate(input, { signal: left.current.signal }),
    onError: (error) => {
      if (!left.current.signal.aborted) onError(error);
    },
    onSuccess: ({ rows }) => {
      toast.success(t("done", { count: rows }));
      void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
      onClose();
    },
  });
  const number = Number(count);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <DialogContent
        title={t("title")}
        description={t("description")}
        footer={
          <>
            {generate.isPending ? <Button onClick={onClose}>{ui("cancel")}</Button> : null}
            <Button
              variant="primary"
              busy={generate.isPending}
              disabled={about.trim() === "" || !Number.isInteger(number) || number < 1 || number > 20}
              onClick={() => generate.mutate({ id: datasetId, description: about.trim(), count: number })}
            >
              {t("go")}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <FormField label={t("about")} help={t("aboutHelp")}>
            {(control) => (
              <Textarea
                {...control}
                rows={5}
                maxLength={2_000}
                value={about}
                onChange={(event) => setAbout(event.target.value)}
              />
            )}
          </FormField>
          <FormField label={t("count")} className="w-32">
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                maxLength={2}
                value={count}
                onChange={(event) => setCount(event.target.value)}
              />
            )}
          </FormField>
        </div>
      </DialogContent>
    </Dialog>
  );
}
