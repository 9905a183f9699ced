"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import type { EndpointItem } from "./models";

const fetchCommand = "node scripts/models/fetch.mjs";

/** What the shipped models are good for; and when some are missing, the command that fetches them. */
export function EmbeddedNotice({ endpoint }: { readonly endpoint: EndpointItem }) {
  const t = useTranslations("endpoints.embedded");
  const chat = endpoint.models.some((model) => model.chat);
  const embedding = endpoint.models.some((model) => model.embedding);
  if (chat && embedding && endpoint.enabled && endpoint.replicas.length === 0)
    return <p className="border-line border-t px-4 py-2.5 text-muted">{t("stopped")}</p>;
  if (chat && embedding) return null;
  return (
    <div className="border-line border-t bg-warn-soft px-4 py-3">
      <p className="font-medium text-warn">
        {t(chat ? "missingEmbedding" : embedding ? "missingChat" : "missingBoth")}
      </p>
      <p className="text-fg">{t("fetch")}</p>
      <div className="mt-2 flex h-8 max-w-md items-center justify-between rounded-md border border-line bg-surface pr-0.5 pl-3">
        <code className="truncate font-mono text-xs">{fetchCommand}</code>
        <CopyButton value={fetchCommand} size="sm" />
      </div>
    </div>
  );
}
