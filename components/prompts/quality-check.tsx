"use client";

import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo } from "react";
import { cn } from "@/components/ui/cn";
import type { PromptContent, PromptKind } from "@/nodes/lib/prompt/prompt-content";
import { checkQuality } from "@/nodes/lib/prompt/quality/check-quality";
import type { Finding } from "@/nodes/lib/prompt/quality/finding";

interface QualityCheckProps {
  readonly kind: PromptKind;
  readonly content: PromptContent;
}

/** Brings what a finding is about into sight. */
const show = ({ at }: Finding) => {
  const place = at.field === null ? null : document.querySelector(`[data-prompt-field="${at.field}"]`);
  place?.scrollIntoView({ block: "center" });
};

/** How well the words on the page are written, by rules: the score by its parts, and each finding with where it is and what to do. */
export function QualityCheck({ kind, content }: QualityCheckProps) {
  const t = useTranslations("prompts.quality");
  const settled = useDeferredValue(content);
  const { score, parts, findings, more } = useMemo(() => checkQuality(kind, settled), [kind, settled]);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-baseline gap-2">
        <span className="tabular font-semibold text-xl">{score}</span>
        <span className="text-muted text-sm">{t("of")}</span>
      </div>
      <ul className="flex flex-col gap-1.5">
        {parts.map(({ part, points, weight }) => (
          <li key={part} className="flex items-center gap-2 text-sm">
            <span className="w-24 shrink-0 text-muted">{t(`part.${part}`)}</span>
            <span className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-active">
              <span
                className={cn("block h-full", points === weight ? "bg-ok" : "bg-warn")}
                style={{ width: `${(100 * points) / weight}%` }}
              />
            </span>
            <span className="tabular w-12 shrink-0 text-right text-faint text-xs">
              {t("points", { points, weight })}
            </span>
          </li>
        ))}
      </ul>
      {findings.length === 0 ? (
        <p className="text-muted text-sm">{t("nothing")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {findings.map((finding, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same of the same words.
            <li key={index}>
              <button
                type="button"
                className="flex w-full flex-col gap-0.5 px-3 py-2 text-left text-sm hover:bg-hover"
                onClick={() => show(finding)}
              >
                <span className="flex items-baseline gap-2">
                  <span className="min-w-0 flex-1">{t(`finding.${finding.code}.title`)}</span>
                  <span className="tabular shrink-0 text-faint text-xs">−{finding.points}</span>
                </span>
                {finding.quote === "" ? null : (
                  <q className="truncate text-faint text-xs" title={finding.quote}>
                    {finding.quote}
                  </q>
                )}
                <span className="text-muted text-xs">{t(`finding.${finding.code}.mend`)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {more > 0 ? <p className="text-faint text-xs">{t("more", { count: more })}</p> : null}
      <p className="text-faint text-xs">{t("byRules")}</p>
    </div>
  );
}
