import { useTranslations } from "next-intl";
import { statusGlyphs } from "@/components/job/status-glyphs";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { SheetItem } from "./types";

/** How the work on a sheet stands. */
export function SheetStatus({ sheet: { status } }: { readonly sheet: Pick<SheetItem, "status"> }) {
  const t = useTranslations("job.status");
  return <StatusGlyph status={statusGlyphs[status]} label={t(status)} word />;
}
