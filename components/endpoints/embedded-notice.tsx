"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import type { EndpointItem } from "./models";
import type { EmbeddedStatus } from "./use-embedded-status";

const fetchCommand = "node scripts/models/fetch.mjs";

interface EmbeddedNoticeProps {
  readonly endpoint: EndpointItem;
  readonly status: EmbeddedStatus | null;
}

/** Why shipped models cannot be used, where some cannot, and the command that mends it. */
export function EmbeddedNotice({ endpoint, status }: EmbeddedNoticeProps) {
  const t = useTranslations("endpoints.embedded");
  if (endpoint.enabled && endpoint.replicas.every(({ baseUrl }) => baseUrl === null))
    return <p className="border-line border-t px-4 py-2.5 text-muted">{t("stopped")}</p>;
  const missing = status?.models.filter(({ state }) => state === "missing") ?? [];
  if (missing.length === 0) return null;
  const command = missing.length === 1 ? (missing[0]?.command ?? fetchCommand) : fetchCommand;
  return (
    <div className="border-line border-t bg-warn-soft px-4 py-3">
      <p className="font-medium text-warn">
        {t("missing", { count: missing.length, names: missing.map(({ name }) => name).join(", ") })}
      </p>
      <p className="text-fg">{t("fetch")}</p>
      <div className="mt-2 flex h-8 max-w-md items-center justify-between rounded-md border border-line bg-surface pr-0.5 pl-3">
        <code className="truncate font-mono text-xs">{command}</code>
        <CopyButton value={command} size="sm" />
      </div>
    </div>
  );
}
