"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { RouterOutputs } from "@/components/trpc/client";

type LeftOut = RouterOutputs["dataset"]["importRows"]["leftOut"];

/** Says which rows of a table were not taken, why, and where they are. */
export const useLeftOutText = () => {
  const t = useTranslations("datasets.leftOut");
  return useCallback(
    (leftOut: LeftOut) =>
      leftOut.map(({ reason, count, rows }) => t(`reason.${reason}`, { count, rows: rows.join(", ") })).join("; "),
    [t],
  );
};
