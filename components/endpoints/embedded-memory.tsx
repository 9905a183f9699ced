"use client";

import { useTranslations } from "next-intl";
import { formatSize } from "@/components/run/file-value";
import type { EmbeddedStatus } from "./use-embedded-status";

/** What the shipped models take together, and when they leave the memory; each one's own stands in its row. */
export function EmbeddedMemory({ status: { memoryBytes, idleMinutes } }: { readonly status: EmbeddedStatus }) {
  const t = useTranslations("endpoints.embedded");
  return (
    <p className="border-line border-t px-4 py-2.5 text-muted">
      {t("memoryNow", { size: formatSize(memoryBytes) })}{" "}
      {idleMinutes === null ? t("staysLoaded") : t("dropped", { minutes: idleMinutes })}
    </p>
  );
}
