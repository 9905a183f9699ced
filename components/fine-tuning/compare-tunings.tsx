"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { variantColour } from "@/components/evaluation/variant-colour";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { EmptyState } from "@/components/ui/empty-state";
import { CurvePlot } from "./curve-plot";
import { inBytes, inDigits } from "./tuning-figures";

type Tuning = RouterOutputs["fineTuning"]["compare"][number];

/** Two to six trainings: their curves over each other, what differs in their settings, what came of them. */
export function CompareTunings({ ids }: { readonly ids: readonly string[] }) {
  const t = useTranslations("tuning");
  const registry = useTranslations("registry");
  const trpc = useTRPC();
  const tunings = useQuery(trpc.fineTuning.compare.queryOptions({ ids: [...ids] }, { enabled: ids.length > 1 }));
  const parents = useMemo(
    () => [
      { title: registry("title"), href: "/registry" },
      { title: t("title"), href: "/registry/fine-tune" },
    ],
    [t, registry],
  );
  return (
    <>
      <PageHeader title={t("compared.title")} parents={parents} />
      <PageBody className="max-w-6xl">
        {ids.length < 2 ? <EmptyState title={t("compared.none")} description={t("compareHelp")} /> : null}
        {tunings.isError ? <QueryError error={tunings.error} onRetry={() => void tunings.refetch()} /> : null}
        {tunings.data ? <Compared tunings={tunings.data} /> : null}
      </PageBody>
    </>
  );
}

const named = ({ name }: Tuning, place: number) => `${String.fromCharCode(65 + place)} ${name}`;

function Compared({ tunings }: { readonly tunings: readonly Tuning[] }) {
  const t = useTranslations("tuning");
  const colour = (place: number) => variantColour(place, 0);
  const settings = tunings.map(
    ({ request: { base, method, seed, settings: more } }): Record<string, unknown> => ({ base, method, seed, ...more }),
  );
  const differing = [...new Set(settings.flatMap((each) => Object.keys(each)))].filter(
    (key) => new Set(settings.map((each) => String(each[key] ?? "–"))).size > 1,
  );
  const said = (key: string) =>
    t.has(`form.setting.${key}`)
      ? t(`form.setting.${key}` as "form.setting.rank")
      : t.has(`column.${key}`)
        ? t(`column.${key}` as "column.base")
        : key;
  const results: readonly (readonly [string, (tuning: Tuning) => string])[] = [
    [t("compared.final"), ({ record }) => inDigits(record.curve.points.at(-1)?.loss ?? null)],
    [
      t("compared.best"),
      ({ record, result }) => inDigits(result?.bestEvalLoss ?? least(record.evaluations.map(({ loss }) => loss))),
    ],
    [t("page.peak"), ({ result }) => inBytes(result?.peakMemoryBytes)],
    [t("column.rows"), ({ trainRows }) => String(trainRows)],
  ];
  return (
    <>
      <CurvePlot
        title={t("page.loss")}
        lines={tunings.map((tuning, place) => ({
          name: named(tuning, place),
          colour: colour(place),
          points: tuning.record.curve.points.map(({ step, loss }) => ({ step, value: loss })),
        }))}
      />
      <CurvePlot
        title={t("page.evalLoss")}
        lines={tunings.map((tuning, place) => ({
          name: named(tuning, place),
          colour: colour(place),
          points: tuning.record.evaluations.map(({ step, loss }) => ({ step, value: loss })),
        }))}
      />
      <Section title={t("compared.settings")}>
        <div className="overflow-x-auto">
          <table className="text-left text-sm">
            <thead>
              <tr className="h-8 border-line border-b">
                <th />
                {tunings.map((tuning, place) => (
                  <th key={tuning.id} className="pr-6 font-medium">
                    {named(tuning, place)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {differing.map((key) => (
                <tr key={key} className="h-8 border-line border-b">
                  <td className="pr-6 text-muted">{said(key)}</td>
                  {settings.map((each, place) => (
                    <td key={tunings[place]?.id} className="tabular pr-6">
                      {String(each[key] ?? "–")}
                    </td>
                  ))}
                </tr>
              ))}
              {results.map(([name, value]) => (
                <tr key={name} className="h-8 border-line border-b">
                  <td className="pr-6 text-muted">{name}</td>
                  {tunings.map((tuning) => (
                    <td key={tuning.id} className="tabular pr-6">
                      {value(tuning)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {differing.length === 0 ? <p className="text-muted text-sm">{t("compared.same")}</p> : null}
      </Section>
    </>
  );
}

const least = (values: readonly (number | null)[]): number | null =>
  values.reduce((best, value) => (value === null ? best : best === null ? value : Math.min(best, value)), null);
