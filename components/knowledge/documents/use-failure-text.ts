"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";

export interface FailureText {
  /** What is wrong with the document. */
  readonly title: string;
  /** What to do about it. */
  readonly mend: string;
}

/** Why a document could not be indexed, in the reader's language. */
export const useFailureText = () => {
  const t = useTranslations("knowledge.failure");
  return useCallback(
    (code: string | null): FailureText => {
      const known = code !== null && t.has(`${code}.title`) ? code : "other";
      return { title: t(`${known}.title`), mend: t(`${known}.mend`) };
    },
    [t],
  );
};
