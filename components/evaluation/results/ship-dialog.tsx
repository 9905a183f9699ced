"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import { toast } from "@/components/ui/toaster";
import type { ExperimentView } from "../types";

/** Puts a variant into the draft and goes on to where it is published: what a deployment requires is asked there. */
export function ShipDialog({ experiment }: { readonly experiment: ExperimentView }) {
  const t = useTranslations("experiments.ship");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const { id, spec, report } = experiment;
  const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);
  const verdict = report?.verdict;
  const winner = verdict?.kind === "better" || verdict?.kind === "not-worse" ? verdict.variant : null;
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<number | null>(null);
  const variant = chosen ?? winner ?? spec.variants.findIndex((_, index) => index !== baseline);
  const decision = report?.metrics
    .find((metric) => metric.id === report.primary)
    ?.comparisons.find((comparison) => comparison.variant === variant)?.decision;
  const ship = useMutation(
    trpc.experiment.ship.mutationOptions({
      onError,
      onSuccess: ({ pipelineId, tested }) => {
        void queries.invalidateQueries({ queryKey: trpc.pipeline.pathKey() });
        toast.success(t("done"), tested ? undefined : { description: t("more") });
        router.push(`/pipelines/${pipelineId}?publish=1`);
      },
    }),
  );
  if (spec.variants.length < 2) return null;
  return (
    <>
      <Button variant={winner === null ? "secondary" : "primary"} onClick={() => setOpen(true)}>
        <Rocket />
        {t("title")}
      </Button>
      <Dialog open={open} onOpenChange={setOpen}>
        <DialogContent
          title={t("title")}
          description={t("help", { pipeline: experiment.pipeline.name })}
          footer={
            <Button variant="primary" busy={ship.isPending} onClick={() => ship.mutate({ id, variant })}>
              {t("go")}
            </Button>
          }
        >
          <div className="flex flex-col gap-3">
            <FormField label={t("variant")}>
              {(control) => (
                <Select {...control} value={String(variant)} onValueChange={(value) => setChosen(Number(value))}>
                  {spec.variants.map(({ key, label }, index) => (
                    <SelectItem key={key} value={String(index)}>
                      {label}
                    </SelectItem>
                  ))}
                </Select>
              )}
            </FormField>
            {decision === "worse" || decision === "inconclusive" ? (
              <p className="text-sm text-warn">{t(`warn.${decision}`)}</p>
            ) : null}
          </div>
        </DialogContent>
      </Dialog>
    </>
  );
}
