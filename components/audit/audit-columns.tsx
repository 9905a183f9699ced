"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { describeAgent } from "@/components/settings/describe-agent";
import { useShownName } from "@/components/shell/use-shown-name";
import type { DataColumn } from "@/components/ui/data-row";
import { Nothing } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AuditItem } from "./audit";
import { auditKinds } from "./audit-filter";

/** What else is known of an entry, in one line. */
const detailsOf = (data: AuditItem["data"]): string =>
  Object.entries(data)
    .filter(([, value]) => value !== null && value !== "" && value !== false)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(" · ");

/** The columns of the audit log. */
export const useAuditColumns = (): readonly DataColumn<AuditItem>[] => {
  const t = useTranslations("audit");
  const shownName = useShownName();
  return useMemo(
    () => [
      { id: "at", header: t("at"), width: "124px", cell: ({ at }) => <RelativeTime date={at} /> },
      {
        id: "who",
        header: t("who"),
        width: "minmax(120px,180px)",
        cell: ({ user, apiKey }) =>
          user ? (
            <span className="truncate text-fg" title={user.email}>
              {shownName("account", user.name)}
            </span>
          ) : apiKey ? (
            <span className="truncate">{t("key", { name: apiKey.name })}</span>
          ) : (
            <span className="text-faint">{t("nobody")}</span>
          ),
      },
      {
        id: "action",
        header: t("action"),
        width: "minmax(180px,240px)",
        cell: ({ action }) => {
          const [kind = "", verb = ""] = action.split(".");
          const known = auditKinds.find(
            (each) => each === kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
          );
          return (
            <span className="flex min-w-0 items-baseline gap-1.5">
              <span className="shrink-0 text-fg">{known ? t(`kinds.${known}`) : kind}</span>
              <code className="truncate font-mono text-xs">{verb}</code>
            </span>
          );
        },
      },
      {
        id: "what",
        header: t("what"),
        width: "minmax(200px,1fr)",
        cell: ({ subject, data }) => {
          const details = detailsOf(data);
          return (
            <span className="truncate" title={[subject, details].filter(Boolean).join("\n")}>
              {details || <code className="font-mono text-faint text-xs">{subject}</code>}
            </span>
          );
        },
      },
      {
        id: "from",
        header: t("where"),
        width: "minmax(140px,200px)",
        cell: ({ address, userAgent }) => {
          const { browser, system } = describeAgent(userAgent);
          const device = [browser, system].filter(Boolean).join(" · ");
          return address || userAgent ? (
            <span className="flex min-w-0 flex-col leading-tight" title={userAgent ?? undefined}>
              <span className="truncate font-mono text-xs">{address ?? t("addressUnknown")}</span>
              <span className="truncate text-faint text-xs">{device || userAgent}</span>
            </span>
          ) : (
            <Nothing />
          );
        },
      },
    ],
    [t, shownName],
  );
};
