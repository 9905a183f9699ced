"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { type RunErrorCode, runErrorCodes } from "@/runtime/run/errors";

export interface RunErrorText {
  /** What happened, in the reader's language. */
  readonly title: string;
  /** What to do. */
  readonly mend: string;
}

const isCode = (code: string): code is RunErrorCode => runErrorCodes.some((known) => known === code);

/** The words for a run error's code. The error's own English sentence, which knows the particulars, is shown beside them. */
export const useRunErrorText = () => {
  const t = useTranslations("run-errors");
  return useCallback(
    (code: string): RunErrorText => {
      const known = isCode(code) ? code : "internal";
      return { title: t(`${known}.title`), mend: t(`${known}.mend`) };
    },
    [t],
  );
};
