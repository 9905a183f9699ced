"use client";

import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import { encodingLabel } from "./encoding-select";

export interface EncodingQuestionProps {
  readonly samples: readonly { readonly encoding: string; readonly text: string }[];
  readonly value: string | undefined;
  readonly busy: boolean;
  readonly onChoose: (encoding: string) => void;
}

/** The same piece of a file in each of its likely encodings: a person sees at once which one reads right. */
export function EncodingQuestion({ samples, value, busy, onChoose }: EncodingQuestionProps) {
  const t = useTranslations("table");
  return (
    <fieldset className="flex flex-col gap-2 rounded-lg border border-warn bg-warn-soft px-3 py-2.5" aria-busy={busy}>
      <legend className="sr-only">{t("whichReads")}</legend>
      <p className="text-sm">
        <span className="font-medium">{t("whichReads")}</span> <span className="text-muted">{t("whichReadsHelp")}</span>
      </p>
      <div className="flex flex-col gap-1">
        {samples.map(({ encoding, text }) => (
          <button
            key={encoding}
            type="button"
            aria-pressed={value === encoding}
            disabled={busy}
            onClick={() => onChoose(encoding)}
            className={cn(
              "flex min-h-8 items-baseline gap-3 rounded-md border border-line bg-surface px-2.5 py-1 text-left text-sm hover:border-line-strong",
              value === encoding && "border-accent",
            )}
          >
            <span className="w-32 shrink-0 text-muted text-xs">{encodingLabel(encoding)}</span>
            <span className="min-w-0 flex-1 truncate" title={text}>
              {text}
            </span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}
