import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Report } from "@/runtime/eval/contract/report";
import { sayAnswers } from "@/runtime/eval/say/say-answers";
import { useReportLocale } from "../use-report-locale";

/** What a statistician would ask of the result, folded: the sentence above stays plain. */
export function AskedAnswers({ report }: { readonly report: Report }) {
  const t = useTranslations("experiments.result");
  const locale = useReportLocale();
  const answers = sayAnswers(report, locale);
  if (answers.length === 0) return null;
  return (
    <details className="group rounded-lg border border-line bg-surface" data-testid="answers">
      <summary className="flex min-h-10 cursor-pointer list-none items-center gap-1.5 rounded-lg px-4 py-2 text-sm hover:bg-hover/60">
        <ChevronRight
          aria-hidden="true"
          className="size-3.5 shrink-0 text-faint transition-transform group-open:rotate-90"
        />
        <span className="font-medium">{t("answersOf.title")}</span>
        <span className="ml-1 truncate text-muted group-open:hidden">{t("answersOf.help")}</span>
      </summary>
      <dl className="grid gap-x-8 gap-y-4 px-4 pt-1 pb-4 text-sm md:grid-cols-[minmax(180px,260px)_1fr]">
        {answers.map(({ key, question, lines }) => (
          <div key={key} className="contents">
            <dt className="text-pretty font-medium text-fg md:border-line md:border-t md:pt-3">{question}</dt>
            <dd className="-mt-3 flex max-w-3xl flex-col gap-1 text-muted md:mt-0 md:max-w-none md:border-line md:border-t md:pt-3">
              {lines.map((line) => (
                <p key={line} className="max-w-4xl text-pretty break-words">
                  {line}
                </p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
