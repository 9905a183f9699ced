"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatSize } from "@/components/run/file-value";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { Locale } from "@/runtime/node/localized";
import type { EmbeddedStatus } from "./use-embedded-status";

/** What each shipped model is, and which are in memory now. */
export function EmbeddedMemory({ status }: { readonly status: EmbeddedStatus }) {
  const t = useTranslations("endpoints.embedded");
  const locale = useLocale() as Locale;
  const { memoryBytes, idleMinutes, models } = status;
  return (
    <section aria-label={t("memory")} className="border-line border-t px-4 py-2.5">
      <p className="text-muted">
        {t("memoryNow", { size: formatSize(memoryBytes) })}{" "}
        {idleMinutes === null ? t("staysLoaded") : t("dropped", { minutes: idleMinutes })}
      </p>
      <ul className="mt-1.5">
        {models
          .filter(({ state }) => state !== "missing")
          .map(({ name, title, state, memoryBytes: size }) => (
            <li key={name} className="flex min-h-7 items-center gap-3">
              <code className="w-32 shrink-0 truncate font-mono text-fg text-xs">{name}</code>
              <span className="min-w-0 flex-1 truncate text-muted" title={title[locale]}>
                {title[locale]}
              </span>
              <span className="tabular flex shrink-0 items-center gap-1.5 text-muted text-xs">
                {state === "loaded" && size > 0 ? formatSize(size) : null}
                <StatusGlyph status={glyphs[state]} word label={t(`state.${state}`)} />
              </span>
            </li>
          ))}
      </ul>
    </section>
  );
}

const glyphs = { loaded: "ok", loading: "running", unloaded: "skipped", failed: "error", missing: "warn" } as const;
