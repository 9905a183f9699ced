import { Check, CircleHelp, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { sayAsked, saySeen } from "@/runtime/eval/gate/say-gate";
import type { Locale } from "@/runtime/node/localized";

type Result = NonNullable<RouterOutputs["gate"]["get"]["check"]>["results"][number];

/** One thing that a gate asks for, what was seen, and whether it holds. */
export function ResultRow({ result }: { readonly result: Result }) {
  const t = useTranslations("gate");
  const locale = useLocale() as Locale;
  const { holds } = result;
  const mark =
    holds === true ? (
      <Check aria-label={t("holds")} className="size-4 text-ok" />
    ) : holds === false ? (
      <X aria-label={t("fails")} className="size-4 text-error" />
    ) : (
      <CircleHelp aria-label={t("unsure")} className="size-4 text-warn" />
    );
  return (
    <li className="flex gap-2 text-sm">
      <span className="mt-0.5 shrink-0">{mark}</span>
      <span className="min-w-0">
        <span className="block">{sayAsked(result, locale)}</span>
        <span className="tabular block text-muted">{saySeen(result, locale)}</span>
      </span>
    </li>
  );
}
