import { useTranslations } from "next-intl";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { SheetItem } from "./types";

const glyphs = {
  queued: "waiting",
  running: "running",
  success: "ok",
  failure: "error",
  cancelled: "aborted",
} as const;

/** How the work on a sheet stands. */
export function SheetStatus({ sheet: { status } }: { readonly sheet: Pick<SheetItem, "status"> }) {
  const t = useTranslations("job.status");
  return <StatusGlyph status={glyphs[status]} label={t(status)} word />;
}
