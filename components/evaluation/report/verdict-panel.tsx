import { Scale, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { Report } from "@/runtime/eval/contract/report";
import { cautions, lookUp } from "@/runtime/eval/say/glossary";
import { sayNotes } from "@/runtime/eval/say/say-notes";
import { sayVerdict } from "@/runtime/eval/say/say-verdict";
import { Explained } from "../explained";
import { useReportLocale } from "../use-report-locale";

const edges: Readonly<Record<Report["verdict"]["kind"], string>> = {
  better: "bg-ok",
  "not-worse": "bg-ok",
  worse: "bg-error",
  "no-difference": "bg-skipped",
  inconclusive: "bg-warn",
  single: "bg-skipped",
  "too-early": "bg-running",
};

/** What the experiment says, in one sentence, and what a careful reader should know beside it. */
export function VerdictPanel({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const { verdict } = report;
  const notes = sayNotes(report, locale);
  return (
    <section aria-label={t("verdict")} className="relative overflow-hidden rounded-lg border border-line bg-surface">
      <span aria-hidden="true" className={cn("absolute inset-y-0 left-0 w-1", edges[verdict.kind])} />
      <div className="flex flex-col gap-3 py-4 pr-5 pl-6">
        <p className="flex items-center gap-1.5 text-faint text-xs">
          <Scale aria-hidden="true" className="size-3.5" />
          {t(`kind.${verdict.kind}`)}
        </p>
        <p className="max-w-5xl text-pretty font-medium text-fg text-xl" data-testid="verdict">
          {sayVerdict(report, locale)}
        </p>
        {notes.length > 0 ? (
          <ul className="flex max-w-5xl flex-col gap-1 text-muted text-sm" data-testid="verdict-notes">
            {notes.map((note) => (
              <li key={note} className="text-pretty">
                {note}
              </li>
            ))}
          </ul>
        ) : null}
        {verdict.cautions.length > 0 ? (
          <ul className="flex flex-wrap items-center gap-x-4 gap-y-1">
            {verdict.cautions.map((caution) => {
              const { name, says } = lookUp(cautions, caution);
              return (
                <li key={caution} className="flex items-center gap-1.5 text-sm text-warn">
                  <TriangleAlert aria-hidden="true" className="size-3.5 shrink-0" />
                  <Explained content={says[locale]}>{name[locale]}</Explained>
                </li>
              );
            })}
          </ul>
        ) : null}
      </div>
    </section>
  );
}
