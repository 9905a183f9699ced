"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { Fragment, type ReactNode } from "react";
import { Section } from "@/components/shell/section";
import type { RouterOutputs } from "@/components/trpc/client";
import { inBytes } from "./tuning-figures";

type Tuning = RouterOutputs["fineTuning"]["get"];

const mono = (text: string | null | undefined): ReactNode =>
  text ? <code className="break-all font-mono text-xs">{text}</code> : null;

/** Everything that it takes to make this training again, and the files that came of it. */
export function TuningFacts({ tuning }: { readonly tuning: Tuning }) {
  const t = useTranslations("tuning");
  const { request, result } = tuning;
  const entries: readonly (readonly [string, ReactNode])[] = [
    [t("column.base"), request.base],
    [t("column.method"), t(`method.${request.method}`)],
    [t("page.source"), request.sourceName],
    [
      t("column.rows"),
      t("page.rows", { train: tuning.trainRows, heldOut: tuning.heldOutRows, masked: request.masked }),
    ],
    [t("page.hash"), mono(tuning.dataHash)],
    [t("page.baseHash"), mono(result?.baseHash)],
    [t("page.seed"), request.seed],
    [
      t("form.more"),
      Object.entries(request.settings)
        .flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]))
        .join(" · "),
    ],
    [t("page.peak"), result === null ? null : inBytes(result.peakMemoryBytes)],
    [
      t("page.parent"),
      tuning.parentId === null ? null : (
        <Link key="parent" className="text-accent-text hover:underline" href={`/registry/fine-tune/${tuning.parentId}`}>
          {tuning.parentId}
        </Link>
      ),
    ],
    [
      t("page.files"),
      result === null ? null : (
        <ul key="files" className="flex flex-col gap-1">
          {result.artifacts.map(({ name, bytes, hash, fileId }) => (
            <li key={name}>
              {name}{" "}
              <span className="text-faint">{`${inBytes(bytes)} · ${fileId === null ? t("page.onTrainer") : t("page.inApp")}`}</span>
              <span className="block">{mono(hash)}</span>
            </li>
          ))}
        </ul>
      ),
    ],
  ];
  return (
    <Section title={t("page.facts")}>
      <dl className="grid max-w-4xl grid-cols-[10rem_1fr] gap-x-4 gap-y-1.5 text-sm">
        {entries
          .filter(([, value]) => value !== null && value !== undefined && value !== "")
          .map(([name, value]) => (
            <Fragment key={name}>
              <dt className="text-faint">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </Fragment>
          ))}
      </dl>
    </Section>
  );
}
