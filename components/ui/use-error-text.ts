"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";

/** What `errorFacts` gives; named here so that primitives know nothing of tRPC. */
export interface ReadableError {
  readonly code: string;
  readonly reason: string | undefined;
  readonly message: string | undefined;
  readonly hint: string | undefined;
}

/** Reasons whose particulars stand only in the server's own English sentence: it is shown in every language. */
const particular = new Set([
  "input-invalid",
  "limit-reached",
  "document-refused",
  "name-taken",
  "rows-refused",
  "gate-not-passed",
  "in-use",
  "model-failed",
]);

/** Turns an error into a title and a sentence in the reader's language. */
export const useErrorText = () => {
  const t = useTranslations("ui.error");
  const english = useLocale() === "en";
  return useCallback(
    ({ code, reason, message, hint }: ReadableError): { title: string; description: string } => {
      if (code === "OFFLINE") return { title: t("offlineTitle"), description: t("offline") };
      const said = [message, hint].filter(Boolean).join(" ");
      if (reason === undefined || !t.has(`reasons.${reason}.title`)) {
        return { title: t("title"), description: said || t("description") };
      }
      const mend = t(`reasons.${reason}.mend`);
      const description = english ? said || mend : particular.has(reason) && said ? `${mend} ${said}` : mend;
      return { title: t(`reasons.${reason}.title`), description };
    },
    [t, english],
  );
};
