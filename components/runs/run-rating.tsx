"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Popover, PopoverContent, PopoverTrigger } from "@/components/ui/popover";
import { Textarea } from "@/components/ui/textarea";

interface RunRatingProps {
  readonly runId: string;
  readonly feedback: RouterOutputs["run"]["get"]["feedback"];
}

const icons = { good: ThumbsUp, bad: ThumbsDown } as const;

/** Whether the answer is good or bad, and what it should have been: cases of datasets are made of it. */
export function RunRating({ runId, feedback }: RunRatingProps) {
  const t = useTranslations("runs.rating");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [open, setOpen] = useState<"good" | "bad" | null>(null);
  const [correction, setCorrection] = useState("");
  const key = trpc.run.get.queryKey({ id: runId });
  const rate = useMutation(
    trpc.run.rate.mutationOptions({
      onError,
      onSuccess: ({ rating, correction: said }) => {
        queries.setQueryData(
          key,
          (run) => run && { ...run, feedback: rating === null ? null : { rating, correction: said } },
        );
        setOpen(null);
      },
    }),
  );
  return (
    <>
      {(["good", "bad"] as const).map((rating) => {
        const Icon = icons[rating];
        const given = feedback?.rating === rating;
        return (
          <Popover
            key={rating}
            open={open === rating}
            onOpenChange={(shown) => {
              setCorrection(feedback?.correction ?? "");
              setOpen(shown ? rating : null);
            }}
          >
            <PopoverTrigger asChild>
              <IconButton
                label={t(`answer.${rating}`)}
                aria-pressed={given}
                className={cn(given && "bg-active text-fg")}
              >
                <Icon className={cn(given && "fill-current")} />
              </IconButton>
            </PopoverTrigger>
            <PopoverContent align="end" className="w-96">
              <form
                className="flex flex-col gap-3"
                onSubmit={(event) => {
                  event.preventDefault();
                  rate.mutate({ id: runId, rating, correction });
                }}
              >
                <FormField label={t("correction")} help={t("help")}>
                  {(control) => (
                    <Textarea
                      {...control}
                      rows={4}
                      maxLength={20_000}
                      placeholder={t(rating === "good" ? "asItIs" : "unknown")}
                      value={correction}
                      onChange={(event) => setCorrection(event.target.value)}
                    />
                  )}
                </FormField>
                <div className="flex justify-end gap-2">
                  {given ? (
                    <Button
                      disabled={rate.isPending}
                      onClick={() => rate.mutate({ id: runId, rating: null, correction: "" })}
                    >
                      {t("takeBack")}
                    </Button>
                  ) : null}
                  <Button type="submit" variant="primary" busy={rate.isPending}>
                    {t("save")}
                  </Button>
                </div>
              </form>
            </PopoverContent>
          </Popover>
        );
      })}
    </>
  );
}
