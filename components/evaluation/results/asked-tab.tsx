"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PageBody } from "@/components/shell/page-body";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { Money } from "@/components/ui/figures";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { OverrideWords } from "../override-words";
import type { ExperimentView } from "../types";
import { useReportLocale } from "../use-report-locale";
import { VariantName } from "../variant-name";

/** What the experiment was asked: frozen when it started. */
export function AskedTab({ experiment }: { readonly experiment: ExperimentView }) {
  const t = useTranslations("experiments.asked");
  const locale = useReportLocale();
  const trpc = useTRPC();
  const { spec, pipeline, dataset, revisionNumbers } = experiment;
  const draft = useQuery(trpc.pipeline.get.queryOptions({ id: pipeline.id }, { retry: false }));
  const baseline = spec.variants.findIndex(({ key }) => key === spec.baseline);
  const facts = [
    [t("repeats"), String(spec.repeats)],
    [t("confidence"), `${Math.round((1 - spec.alpha) * 1000) / 10} %`],
    [t("concurrency"), String(spec.concurrency)],
    [t("seed"), String(spec.seed)],
  ] as const;
  return (
    <PageBody className="max-w-4xl">
      <dl className="grid grid-cols-[auto_1fr] gap-x-8 gap-y-1.5 text-sm">
        <dt className="text-muted">{t("pipeline")}</dt>
        <dd>
          <Link href={`/pipelines/${pipeline.id}`} className="text-accent-text hover:underline">
            {pipeline.name}
          </Link>
        </dd>
        <dt className="text-muted">{t("dataset")}</dt>
        <dd>
          <Link href={`/evaluation/datasets/${dataset.id}`} className="text-accent-text hover:underline">
            {dataset.name}
          </Link>
          <span className="ml-1 text-muted">{t("version", { number: dataset.versionNumber })}</span>
        </dd>
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
        <dt className="text-muted">{t("budget")}</dt>
        <dd>{spec.budgetMicroUsd === null ? t("noBudget") : <Money microUsd={spec.budgetMicroUsd} />}</dd>
      </dl>
      <Section title={t("variants")}>
        <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
          {spec.variants.map((variant, index) => (
            <li key={variant.key} className="flex flex-col gap-1.5 px-4 py-3 text-sm">
              <span className="flex items-center gap-2 font-medium">
                <VariantName variants={spec.variants} variant={index} baseline={baseline} />
                <Link
                  className="rounded-sm font-normal text-faint text-xs underline decoration-line underline-offset-2 hover:text-fg"
                  href={`/pipelines/${pipeline.id}/versions?from=${revisionNumbers[baseline] ?? revisionNumbers[index] ?? 0}&to=${revisionNumbers[index] ?? 0}`}
                >
                  {t("revision", { number: revisionNumbers[index] ?? 0 })}
                </Link>
              </span>
              <OverrideWords overrides={variant.overrides} document={draft.data?.document ?? null} />
            </li>
          ))}
        </ul>
      </Section>
      <Section title={t("scorers")}>
        <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
          {spec.scorers.map(({ id, type }) => (
            <li key={id} className="px-4 py-2.5 text-sm">
              <p className="font-medium">{findScorer(type)?.title[locale] ?? type}</p>
              <p className="text-muted text-xs">{findScorer(type)?.summary[locale]}</p>
            </li>
          ))}
        </ul>
      </Section>
    </PageBody>
  );
}
