"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { JobItem } from "./use-job";

/**
 * Says why a job failed, in the reader's language. The server's own sentence is English and knows more, so English readers get that; null where the job did
 * not fail.
 */
export const useJobFailure = () => {
  const t = useTranslations("job");
  const locale = useLocale();
  return useCallback(
    ({ errorCode, errorMessage }: Pick<JobItem, "errorCode" | "errorMessage">): string | null => {
      const known = errorCode !== null && t.has(`failure.${errorCode}`) ? t(`failure.${errorCode}`) : null;
      return locale === "en" ? (errorMessage ?? known) : (known ?? errorMessage);
    },
    [t, locale],
  );
};
