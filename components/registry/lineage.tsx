"use client";

import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { Section } from "@/components/shell/section";
import type { RouterOutputs } from "@/components/trpc/client";
import { Duration } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";

type Version = RouterOutputs["tunedModel"]["version"];

/** What a version was made from, so that it can be made again. */
export function Lineage({ version }: { readonly version: Version }) {
  const t = useTranslations("registry");
  const { data, metrics, parameters } = version;
  const entries: readonly (readonly [string, ReactNode])[] = [
    [t("lineage.data"), data.name ?? data.description],
    ["", data.trainRows === undefined ? null : t("lineage.rows", { train: data.trainRows, test: data.testRows ?? 0 })],
    [
      t("lineage.hash"),
      data.hash ? (
        <code key="hash" className="break-all font-mono text-xs">
          {data.hash}
        </code>
      ) : null,
    ],
    [t("lineage.base"), version.base],
    [t("lineage.servedAs"), version.servedAs],
    [t("lineage.method"), methodName(t, version.method)],
    [
      t("lineage.parameters"),
      Object.entries(parameters)
        .map(([name, value]) => `${name} ${typeof value === "number" ? Number(value.toPrecision(3)) : value}`)
        .join(" · "),
    ],
    [t("lineage.time"), metrics.trainMs === undefined ? null : <Duration key="time" ms={metrics.trainMs} />],
    [t("lineage.trained"), <RelativeTime key="at" date={version.createdAt} />],
    [t("lineage.notes"), version.notes],
  ];
  return (
    <Section title={t("model.lineage")}>
      <dl className="grid max-w-3xl grid-cols-[10rem_1fr] gap-x-4 gap-y-1.5 text-sm">
        {entries
          .filter(([, value]) => value !== null && value !== undefined && value !== "")
          .map(([name, value], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes its order.
            <Fragment key={index}>
              <dt className="text-faint">{name}</dt>
              <dd className="min-w-0 whitespace-pre-wrap break-words">{value}</dd>
            </Fragment>
          ))}
      </dl>
    </Section>
  );
}

const methodName = (t: ReturnType<typeof useTranslations<"registry">>, method: string): string =>
  t.has(`method.${method}`) ? t(`method.${method}`) : method;
