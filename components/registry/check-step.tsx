"use client";

import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { toast } from "@/components/ui/toaster";
import { FindingRow } from "./finding-row";
import type { TrainingSet } from "./wizard-types";

interface CheckStepProps {
  readonly set: TrainingSet;
  readonly onSet: (set: TrainingSet) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

const labelsShown = 100;

/** What is wrong with the rows, with the button that mends it, and how they spread over the labels. */
export function CheckStep({ set, onSet, onBack, onNext }: CheckStepProps) {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const onError = useErrorToast();
  const clean = useMutation(
    trpc.trainingSet.clean.mutationOptions({
      onError,
      onSuccess: ({ dropped, ...cleaned }) => {
        onSet(cleaned);
        toast.success(t("wizard.dropped", { count: dropped }));
      },
    }),
  );
  const most = Math.max(1, ...set.labels.map(({ train, test }) => train + test));
  return (
    <div className="flex flex-col gap-6">
      <Section title={set.name} description={t("wizard.rows", { rows: set.rowCount, labels: set.labelCount })}>
        {set.findings.length === 0 ? (
          <p className="flex items-center gap-2 text-sm">
            <StatusGlyph status="ok" />
            <span className="font-medium">{t("wizard.allGood")}</span>
            <span className="text-muted">{t("wizard.allGoodHelp")}</span>
          </p>
        ) : (
          <ul className="divide-y divide-line rounded-lg border border-line">
            {set.findings.map((finding) => (
              <FindingRow
                key={finding.kind}
                finding={finding}
                busy={clean.isPending}
                onClean={(cleaning) => clean.mutate({ id: set.id, cleaning })}
              />
            ))}
          </ul>
        )}
        {set.leftOut.length > 0 ? (
          <p className="text-muted text-sm">
            {`${t("wizard.leftOut")}: ${set.leftOut.map(({ reason, count }) => t(`leftOut.${reason}`, { count })).join(" · ")}`}
          </p>
        ) : null}
      </Section>
      <Section title={t("wizard.distribution")}>
        <ul className="grid max-h-72 gap-x-8 overflow-y-auto sm:grid-cols-2">
          {set.labels.slice(0, labelsShown).map(({ label, train, test }) => (
            <li key={label} className="flex h-7 items-center gap-3 text-sm">
              <span className="w-44 shrink-0 truncate" title={label}>
                {label}
              </span>
              <span aria-hidden="true" className="h-1.5 flex-1 overflow-hidden rounded-full bg-active">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${(100 * (train + test)) / most}%` }}
                />
              </span>
              <span className="tabular w-14 text-right text-muted">{train + test}</span>
            </li>
          ))}
        </ul>
      </Section>
      <div className="flex items-center gap-2">
        <Button onClick={onBack}>{t("wizard.back")}</Button>
        <Button variant="primary" disabled={set.errors > 0} onClick={onNext}>
          {t("wizard.next")}
        </Button>
        {set.errors > 0 ? <span className="text-error text-sm">{t("wizard.blocked")}</span> : null}
      </div>
    </div>
  );
}
