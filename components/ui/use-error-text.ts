"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";

/** What `errorFacts` gives; named here so that primitives know nothing of tRPC. */
export interface ReadableError {
  readonly code: string;
  readonly message: string | undefined;
  readonly hint: string | undefined;
}

/** Turns an error into a title and a sentence in the reader's language; the server's own sentence where it has one. */
export const useErrorText = () => {
  const t = useTranslations("ui.error");
  return useCallback(
    ({ code, message, hint }: ReadableError): { title: string; description: string } => {
      const said = [message, hint].filter(Boolean).join(" ");
      switch (code) {
        case "OFFLINE":
          return { title: t("offlineTitle"), description: t("offline") };
        case "FORBIDDEN":
          return { title: t("forbiddenTitle"), description: t("forbidden") };
        case "NOT_FOUND":
          return { title: t("notFoundTitle"), description: t("notFound") };
        case "TOO_MANY_REQUESTS":
          return { title: t("title"), description: t("tooMany") };
        case "INTERNAL_SERVER_ERROR":
          return { title: t("title"), description: t("internal") };
        default:
          return { title: t("title"), description: said || t("description") };
      }
    },
    [t],
  );
};
