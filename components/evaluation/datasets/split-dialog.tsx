"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { toast } from "@/components/ui/toaster";

/** Shares in percent. */
export function SplitDialog({ datasetId, onClose }: { readonly datasetId: string; readonly onClose: () => void }) {
  const t = useTranslations("datasets.splitDialog");
  const format = useFormatter();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [validation, setValidation] = useState("0");
  const [test, setTest] = useState("20");
  const [seed, setSeed] = useState("1");
  const split = useMutation(
    trpc.dataset.splitRows.mutationOptions({
      onError,
      onSuccess: (counts) => {
        toast.success(t("done", counts));
        void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() });
        onClose();
      },
    }),
  );
  const shares = { validation: Number(validation) / 100, test: Number(test) / 100 };
  const rest = 1 - shares.validation - shares.test;
  const valid =
    [shares.validation, shares.test, rest].every((share) => share >= 0 && share <= 1) && /^\d{1,9}$/.test(seed);
  const field = (label: string, value: string, set: (value: string) => void) => (
    <FormField label={label}>
      {(control) => (
        <Input
          {...control}
          inputMode="numeric"
          maxLength={9}
          value={value}
          onChange={(event) => set(event.target.value)}
        />
      )}
    </FormField>
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
            busy={split.isPending}
            disabled={!valid}
            onClick={() => split.mutate({ id: datasetId, ...shares, seed: Number(seed) })}
          >
            {t("go")}
          </Button>
        }
      >
        <div className="grid grid-cols-3 gap-4">
          {field(`${t("validation")} %`, validation, setValidation)}
          {field(`${t("test")} %`, test, setTest)}
          {field(t("seed"), seed, setSeed)}
        </div>
        <p className="mt-3 text-muted text-sm">
          {t("train", { share: format.number(Math.max(0, rest), { style: "percent" }) })}
        </p>
      </DialogContent>
    </Dialog>
  );
}
