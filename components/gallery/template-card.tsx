"use client";

import { useLocale, useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { cn } from "@/components/ui/cn";
import { isLocale } from "@/i18n/locale";
import { localize } from "@/runtime/node/localized";
import { GraphMiniature } from "./graph-miniature";
import { TemplateNeeds } from "./template-needs";

export type Template = RouterOutputs["template"]["list"][number];

export interface TemplateCardProps {
  readonly template: Template;
  /** This one is being opened. */
  readonly busy: boolean;
  /** Some one is being opened. */
  readonly disabled: boolean;
  readonly onOpen: (name: string) => void;
}

/** One template: its graph, what it does, what it needs. The whole card is the button. */
export function TemplateCard({ template, busy, disabled, onOpen }: TemplateCardProps) {
  const t = useTranslations("gallery");
  const current = useLocale();
  const locale = isLocale(current) ? current : "en";
  const title = localize(template.title, locale);
  return (
    <article
      className={cn(
        "group relative flex min-w-0 flex-col rounded-lg border border-line bg-surface transition-colors focus-within:border-line-strong hover:border-line-strong",
        busy && "animate-pulse-soft",
      )}
    >
      <div className="dotted h-32 overflow-hidden rounded-t-[9px] border-line border-b bg-page p-2">
        <GraphMiniature {...template.miniature} />
      </div>
      <div className="flex flex-1 flex-col gap-1 px-3.5 py-3">
        <h3 className="font-medium text-fg">
          <button
            type="button"
            disabled={disabled}
            aria-label={t("open", { title })}
            onClick={() => onOpen(title)}
            className="max-w-full truncate text-left outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-ring"
          >
            {title}
          </button>
        </h3>
        <p className="flex-1 text-pretty text-muted">{localize(template.summary, locale)}</p>
        <TemplateNeeds needs={template.needs} />
      </div>
    </article>
  );
}
