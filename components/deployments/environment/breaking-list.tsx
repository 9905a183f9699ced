"use client";

import { useTranslations } from "next-intl";
import { type BreakingChange, breakingCodes } from "@/runtime/plan/interface-changes";

/** What of an error's data is a list of breaking changes. */
export const readBreaking = (data: unknown): readonly BreakingChange[] => {
  const found = (data as { readonly breaking?: unknown } | null)?.breaking;
  return Array.isArray(found)
    ? found.filter((each: BreakingChange) => breakingCodes.some((code) => code === each.code))
    : [];
};

/** What would break programs that call it, each change by its name. */
export function BreakingList({ changes }: { readonly changes: readonly BreakingChange[] }) {
  const t = useTranslations("deployments.breaking");
  if (changes.length === 0) return null;
  return (
    <div className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn" role="alert" data-testid="breaking">
      <p className="font-medium">{t("title")}</p>
      <ul className="mt-1 list-disc pl-5">
        {changes.map(({ code, name, before, after }) => (
          <li key={`${code} ${name} ${before} ${after}`}>
            {t(`kind.${code}`, { name, before, after })}
            {after !== "" && (code === "output-removed" || code === "input-removed") ? t("renamed", { after }) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}
