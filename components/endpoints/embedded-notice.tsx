"use client";

import { useTranslations } from "next-intl";
import { CopyButton } from "@/components/ui/copy-button";
import { FetchModel } from "./fetch-model";
import type { EndpointItem } from "./models";
import type { EmbeddedStatus } from "./use-embedded-status";

const fetchCommand = "node scripts/models/fetch.mjs";

interface EmbeddedNoticeProps {
  readonly endpoint: EndpointItem;
  readonly status: EmbeddedStatus | null;
}

/** Why shipped models cannot be used, where some cannot: how far they are fetched, or what mends it. What works meanwhile is said too. */
export function EmbeddedNotice({ endpoint, status }: EmbeddedNoticeProps) {
  const t = useTranslations("endpoints.embedded");
  if (endpoint.enabled && endpoint.replicas.every(({ baseUrl }) => baseUrl === null))
    return <p className="border-line border-t px-4 py-2.5 text-muted">{t("stopped")}</p>;
  const missing = status?.models.filter(({ state }) => state === "missing") ?? [];
  if (missing.length === 0) return null;
  const works = status?.models.filter(({ state }) => state !== "missing").map(({ name }) => name) ?? [];
  const arriving = missing.every(({ fetching }) => fetching !== null);
  const command = missing.length === 1 ? (missing[0]?.command ?? fetchCommand) : fetchCommand;
  return (
    <div className={`border-line border-t px-4 py-3 ${arriving ? "bg-subtle" : "bg-warn-soft"}`}>
      <p className={`font-medium ${arriving ? "text-fg" : "text-warn"}`}>
        {arriving
          ? t("arriving", { count: missing.length })
          : t("missing", { count: missing.length, names: missing.map(({ name }) => name).join(", ") })}
      </p>
      {works.length > 0 ? <p className="text-muted">{t("meanwhile", { names: works.join(", ") })}</p> : null}
      <ul className="mt-1.5">
        {missing.map((model) => (
          <li key={model.name} className="flex min-h-8 items-center gap-3">
            <code className="min-w-0 flex-1 truncate font-mono text-fg text-xs">{model.name}</code>
            <FetchModel {...model} />
          </li>
        ))}
      </ul>
      {arriving ? null : (
        <>
          <p className="mt-1.5 text-fg">{t("fetch")}</p>
          <div className="mt-2 flex h-8 max-w-md items-center justify-between rounded-md border border-line bg-surface pr-0.5 pl-3">
            <code className="truncate font-mono text-xs">{command}</code>
            <CopyButton value={command} size="sm" />
          </div>
        </>
      )}
    </div>
  );
}
