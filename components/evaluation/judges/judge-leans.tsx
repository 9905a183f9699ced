"use client";

import { useTranslations } from "next-intl";
import { Explained } from "../explained";
import type { ExperimentView, JudgeView } from "../types";

type Lean = NonNullable<JudgeView["leans"]["side"]>;

const two = (value: number): string => `${value > 0 ? "+" : ""}${value.toFixed(2)}`.replace("-", "−");

/** Which way a judge leans against people: by variant, by length, by the side on which an answer stood. */
export function JudgeLeans({ experiment, judge }: { readonly experiment: ExperimentView; readonly judge: JudgeView }) {
  const t = useTranslations("experiments.judges");
  const { variants, length, side } = judge.leans;
  const said = ({ value, low, high }: Lean) =>
    low === null || high === null
      ? t("leanUnknown", { value: two(value) })
      : t("lean", { value: two(value), low: two(low), high: two(high) });
  const lines = [
    ...variants.map((lean) => ({
      name: t(lean.self ? "leanSelf" : "leanOf", { name: experiment.spec.variants[lean.variant]?.label ?? "" }),
      lean,
    })),
    ...(length === null ? [] : [{ name: t("leanLength"), lean: length }]),
    ...(side === null ? [] : [{ name: t("leanSide"), lean: side }]),
  ];
  if (lines.length === 0) return null;
  return (
    <div className="flex min-w-64 flex-col gap-2 text-sm">
      <h3 className="text-muted">
        <Explained content={t("leansHelp")}>{t("leans")}</Explained>
      </h3>
      <dl className="grid grid-cols-[auto_auto] items-baseline gap-x-6 gap-y-1">
        {lines.map(({ name, lean }) => (
          <div key={name} className="contents">
            <dt className="max-w-72 text-muted">{name}</dt>
            <dd className="tabular">{said(lean)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
