"use client";

import { useLocale, useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { StatusGlyph } from "@/components/ui/status-glyph";

type Advice = RouterOutputs["tunedModel"]["advise"];

const gigabytes = (bytes: number): string => {
  const value = bytes / 2 ** 30;
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
};
const inMillions = (count: number): string =>
  count >= 1e9 ? `${(count / 1e9).toFixed(1)} B` : `${(count / 1e6).toFixed(count >= 1e7 ? 0 : 1)} M`;

/** The recommendation, and every method with its memory and the reasons for and against it. */
export function AdviceList({ advice }: { readonly advice: Advice }) {
  const t = useTranslations("registry.advice");
  const method = useTranslations("registry.method");
  // Chinese sentences end in a mark that brings its own space.
  const between = useLocale() === "zh" ? "" : " ";
  return (
    <>
      <section aria-live="polite" className="rounded-lg border border-line-strong bg-surface p-4">
        <h2 className="flex items-center gap-2 font-medium text-base">
          <Badge tone="accent">{t("recommended")}</Badge>
          {method(advice.recommended)}
        </h2>
        <p className="mt-1 text-muted">{advice.reasons.map((reason) => t(`reason.${reason}`)).join(between)}</p>
      </section>
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
        {advice.options.map(({ method: name, fits, memory, reasons }) => (
          <li
            key={name}
            className={cn("grid gap-x-6 gap-y-1 px-4 py-3 sm:grid-cols-[9rem_10rem_1fr]", !fits && "text-muted")}
          >
            <span className="flex items-center gap-2 font-medium">
              <StatusGlyph status={fits ? "ok" : "skipped"} label={t(fits ? "fits" : "doesNotFit")} />
              {method(name)}
            </span>
            <span
              className="tabular flex flex-col text-sm"
              title={
                memory.total > 0
                  ? t("parts", {
                      weights: gigabytes(memory.weights),
                      gradients: gigabytes(memory.gradients),
                      optimizer: gigabytes(memory.optimizer),
                      activations: gigabytes(memory.activations),
                      overhead: gigabytes(memory.overhead),
                    })
                  : undefined
              }
            >
              <span>
                <span className="text-faint text-xs">{t("memory")}</span>{" "}
                {memory.total > 0 ? t("gigabytes", { value: gigabytes(memory.total) }) : t("none")}
              </span>
              <span>
                <span className="text-faint text-xs">{t("trained")}</span>{" "}
                {memory.trainable > 0 ? inMillions(memory.trainable) : t("none")}
              </span>
            </span>
            <span className="text-muted text-sm">{reasons.map((reason) => t(`reason.${reason}`)).join(between)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
