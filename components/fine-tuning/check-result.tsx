"use client";

import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import type { RouterOutputs } from "@/components/trpc/client";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { numbered } from "./numbered";
import { inBytes, inTime } from "./tuning-figures";

type Check = RouterOutputs["fineTuning"]["check"];

/** What is known before a training begins: what stops it, what is doubtful, what it takes, and rows as the trainer sees them. */
export function CheckResult({ check, gpuBytes }: { readonly check: Check; readonly gpuBytes: number | null }) {
  const t = useTranslations("tuning");
  const { report, lengths } = check.preview;
  const reports = (["emptyAnswers", "withoutRoom", "truncated"] as const).filter((name) => report[name] > 0);
  return (
    <Section
      title={t("check.title")}
      description={t("check.rows", { train: check.trainRows, heldOut: check.heldOutRows })}
    >
      <ul className="flex flex-col gap-2 text-sm">
        {check.stops.map((stop) => (
          <li key={stop} className="flex gap-2 font-medium text-error">
            <StatusGlyph status="error" />
            {t(`check.stop.${stop}`)}
          </li>
        ))}
        {check.findings.map(({ kind, severity, count, examples }) => (
          <li key={kind} className="flex gap-2">
            <StatusGlyph status={severity === "error" ? "error" : "warn"} />
            <span className="min-w-0">
              {t(`check.finding.${kind}`, { count })}
              {examples.length > 0 ? (
                <span className="block truncate text-faint text-xs">{examples.join(" · ")}</span>
              ) : null}
            </span>
          </li>
        ))}
        {reports.map((name) => (
          <li key={name} className="flex gap-2">
            <StatusGlyph status="warn" />
            {t(`check.reports.${name}`, { count: report[name] })}
          </li>
        ))}
        {check.stops.length + check.findings.length + reports.length === 0 ? (
          <li className="flex gap-2">
            <StatusGlyph status="ok" />
            {t("check.good")}
          </li>
        ) : null}
      </ul>
      <Forecast check={check} gpuBytes={gpuBytes} />
      {lengths["50"] === undefined ? null : (
        <p className="text-muted text-sm">
          {t("check.tokens", { half: lengths["50"], most: lengths["99"] ?? lengths["50"] })}{" "}
          {check.previewed < check.trainRows ? t("check.previewed", { count: check.previewed }) : null}
        </p>
      )}
      {check.preview.rows.length > 0 ? <Rows rows={check.preview.rows} /> : null}
    </Section>
  );
}

function Forecast({ check: { forecast }, gpuBytes }: { readonly check: Check; readonly gpuBytes: number | null }) {
  const t = useTranslations("tuning.forecast");
  const locale = useLocale();
  if (forecast === null || gpuBytes === null) return <p className="text-muted text-sm">{t("cpu")}</p>;
  const { memoryBytes, fits, remedy, seconds } = forecast;
  return (
    <p className="flex gap-2 text-sm">
      <StatusGlyph status={fits ? "ok" : "error"} />
      <span>
        {t("memory", { needed: inBytes(memoryBytes), room: inBytes(gpuBytes) })}
        {" · "}
        {seconds === null ? t("timeUnknown") : t("time", { time: inTime(seconds, locale) })}
        {remedy === null ? null : (
          <span className="block font-medium">
            {t(`remedy.${remedy.kind}`, { needed: inBytes(remedy.memoryBytes) })}
          </span>
        )}
      </span>
    </p>
  );
}

/** Tokens in order; those that the loss counts are coloured, and said to who hears the page. */
function Rows({ rows }: { readonly rows: Check["preview"]["rows"] }) {
  const t = useTranslations("tuning.check");
  return (
    <div className="flex flex-col gap-2">
      <h3 className="font-medium text-sm">
        {t("shown")} <span className="font-normal text-muted">{t("shownHelp")}</span>
      </h3>
      {numbered(rows).map(
        ({
          item: {
            tokens: { texts, learnt, cut },
          },
          key: row,
        }) => (
          <div
            key={row}
            className="max-h-40 overflow-y-auto rounded-lg border border-line p-2 font-mono text-xs leading-6"
          >
            {numbered(texts).map(({ item: text, key }, place) => {
              const Element = learnt[place] ? "mark" : "span";
              return (
                <Element
                  key={key}
                  className={
                    learnt[place]
                      ? "mr-px whitespace-pre-wrap rounded-sm bg-accent-soft px-0.5 text-accent-text"
                      : "mr-px whitespace-pre-wrap rounded-sm bg-hover px-0.5 text-muted"
                  }
                >
                  {text.replaceAll("\n", "⏎\n")}
                </Element>
              );
            })}
            {cut > 0 ? <p className="text-warn">{t("cut", { count: cut })}</p> : null}
          </div>
        ),
      )}
    </div>
  );
}
