"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { CurvePlot } from "./curve-plot";
import { inBytes } from "./tuning-figures";

type Record_ = RouterOutputs["fineTuning"]["get"]["record"];

/** Loss, learning rate and memory over the steps, as they come. */
export function TuningCurves({ record }: { readonly record: Record_ }) {
  const t = useTranslations("tuning.page");
  const { points, stride } = record.curve;
  if (points.length === 0) return <p className="text-muted text-sm">{t("noCurve")}</p>;
  const of = (value: (point: (typeof points)[number]) => number | null) =>
    points.map((point) => ({ step: point.step, value: value(point) }));
  const held = record.evaluations.map(({ step, loss }) => ({ step, value: loss }));
  return (
    <div className="flex flex-col gap-3">
      <CurvePlot
        title={t("loss")}
        lines={[
          { name: t("loss"), colour: "var(--muted)", points: of(({ loss }) => loss) },
          ...(held.length === 0 ? [] : [{ name: t("evalLoss"), colour: "var(--accent)", points: held }]),
        ]}
      />
      <div className="grid gap-3 lg:grid-cols-2">
        <CurvePlot
          title={t("rate")}
          lines={[
            { name: t("rate"), colour: "var(--category-retrieval)", points: of(({ learningRate }) => learningRate) },
          ]}
          say={(value) => value.toExponential(1)}
        />
        <CurvePlot
          title={t("memory")}
          lines={[{ name: t("memory"), colour: "var(--category-data)", points: of(({ memoryBytes }) => memoryBytes) }]}
          say={inBytes}
        />
      </div>
      {stride > 1 ? <p className="text-faint text-xs">{t("point", { count: stride })}</p> : null}
    </div>
  );
}
