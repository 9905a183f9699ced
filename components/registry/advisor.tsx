"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { type RouterInputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";
import { Select, SelectItem } from "@/components/ui/select";
import { AdviceList } from "./advice-list";

type Question = RouterInputs["tunedModel"]["advise"];

const tasks = ["classify", "extract", "write", "domain"] as const;
/** The numbers asked for, with what the server takes. */
const figures = [
  { name: "rows", least: 0, most: 100_000_000, whole: true },
  { name: "billionParameters", least: 0.05, most: 2_000, whole: false },
  { name: "gpuGigabytes", least: 0, most: 1_000, whole: false },
  { name: "gpus", least: 1, most: 1_024, whole: true },
  { name: "contextTokens", least: 64, most: 131_072, whole: true },
  { name: "variants", least: 1, most: 10_000, whole: true },
] as const;

const first: Question = {
  task: "extract",
  rows: 2_000,
  billionParameters: 8,
  gpuGigabytes: 24,
  gpus: 1,
  contextTokens: 2_048,
  variants: 1,
};

/** Asks about data, hardware and task, and says which method of fine-tuning fits and why. */
export function Advisor() {
  const t = useTranslations("registry.advice");
  const registry = useTranslations("registry");
  const trpc = useTRPC();
  const [question, setQuestion] = useState(first);
  const asked = useDeferredValue(question);
  const isFine = figures.every(({ name, least, most, whole }) => {
    const value = asked[name];
    return Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value));
  });
  const advice = useQuery(
    trpc.tunedModel.advise.queryOptions(asked, { enabled: isFine, placeholderData: keepPreviousData }),
  );
  const parents = useMemo(() => [{ title: registry("title"), href: "/registry" }], [registry]);
  return (
    <>
      <PageHeader title={t("title")} parents={parents} />
      <PageBody className="max-w-5xl">
        <p className="max-w-2xl text-muted">{t("lead")}</p>
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <FormField label={t("task")}>
            {(control) => (
              <Select
                {...control}
                value={question.task}
                onValueChange={(task) => setQuestion({ ...question, task: task as Question["task"] })}
              >
                {tasks.map((task) => (
                  <SelectItem key={task} value={task}>
                    {t(`tasks.${task}`)}
                  </SelectItem>
                ))}
              </Select>
            )}
          </FormField>
          {figures.map(({ name, least, most, whole }) => (
            <FormField key={name} label={t(`figure.${name}`)}>
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  min={least}
                  max={most}
                  step={whole ? 1 : "any"}
                  value={Number.isNaN(question[name]) ? "" : question[name]}
                  onChange={(event) => setQuestion({ ...question, [name]: event.target.valueAsNumber })}
                />
              )}
            </FormField>
          ))}
        </div>
        {advice.isError ? <QueryError error={advice.error} onRetry={() => void advice.refetch()} /> : null}
        {advice.data ? <AdviceList advice={advice.data} /> : null}
        <p className="max-w-3xl text-faint text-xs">{t("formula")}</p>
      </PageBody>
    </>
  );
}
