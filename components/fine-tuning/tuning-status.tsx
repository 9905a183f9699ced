"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { StatusGlyph } from "@/components/ui/status-glyph";

type Status = RouterOutputs["fineTuning"]["get"]["status"];
const glyphs = { queued: "waiting", running: "running", done: "ok", failed: "error", cancelled: "aborted" } as const;

export const isOpen = (status: Status): boolean => status === "queued" || status === "running";

export function TuningStatus({ status }: { readonly status: Status }) {
  const t = useTranslations("tuning");
  return (
    <span className="flex items-center gap-2">
      <StatusGlyph status={glyphs[status]} label={t(`status.${status}`)} />
      {t(`status.${status}`)}
    </span>
  );
}
