"use client";

import { useQuery } from "@tanstack/react-query";
import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import { CheckStep } from "./check-step";
import { DataStep } from "./data-step";
import { ProgressStep } from "./progress-step";
import { SettingsStep } from "./settings-step";
import type { TrainingSet } from "./wizard-types";

const steps = ["data", "check", "settings", "progress"] as const;
type Step = (typeof steps)[number];

/** From rows to a version, in four steps. `modelId` names the model that gets a further version. */
export function TrainWizard({ modelId }: { readonly modelId: string | null }) {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const model = useQuery(trpc.tunedModel.get.queryOptions({ id: modelId ?? "" }, { enabled: modelId !== null }));
  const [step, setStep] = useState<Step>("data");
  const [set, setSet] = useState<TrainingSet | null>(null);
  const [started, setStarted] = useState<{ readonly jobId: string; readonly modelId: string } | null>(null);
  const parents = useMemo(
    () => [
      { title: t("title"), href: "/registry" },
      ...(model.data ? [{ title: model.data.name, href: `/registry/${model.data.id}` }] : []),
    ],
    [t, model.data],
  );
  return (
    <>
      <PageHeader title={t("wizard.title")} parents={parents} />
      <PageBody className="max-w-4xl">
        <Steps now={step} />
        {step === "data" ? (
          <DataStep
            onSet={(chosen) => {
              setSet(chosen);
              setStep("check");
            }}
          />
        ) : null}
        {step === "check" && set ? (
          <CheckStep set={set} onSet={setSet} onBack={() => setStep("data")} onNext={() => setStep("settings")} />
        ) : null}
        {set && (step === "settings" || step === "progress") ? (
          <div hidden={step !== "settings"}>
            <SettingsStep
              set={set}
              model={model.data ?? null}
              onBack={() => setStep("check")}
              onStarted={(begun) => {
                setStarted(begun);
                setStep("progress");
              }}
            />
          </div>
        ) : null}
        {step === "progress" && started ? (
          <ProgressStep jobId={started.jobId} modelId={started.modelId} onBack={() => setStep("settings")} />
        ) : null}
      </PageBody>
    </>
  );
}

function Steps({ now }: { readonly now: Step }) {
  const t = useTranslations("registry.wizard");
  const at = steps.indexOf(now);
  return (
    <ol className="flex items-center gap-2 text-sm">
      {steps.map((step, index) => (
        <li key={step} aria-current={index === at ? "step" : undefined} className="flex items-center gap-2">
          {index > 0 ? <span aria-hidden="true" className="h-px w-8 bg-line-strong" /> : null}
          <span
            className={cn(
              "tabular flex size-5 items-center justify-center rounded-full border text-xs",
              index === at ? "border-accent bg-accent text-accent-fg" : "border-line-strong text-muted",
            )}
          >
            {index < at ? <Check className="size-3" /> : index + 1}
          </span>
          <span className={index === at ? "font-medium" : "text-muted"}>{t(`step.${step}`)}</span>
        </li>
      ))}
    </ol>
  );
}
