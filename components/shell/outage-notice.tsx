"use client";

import { useQuery } from "@tanstack/react-query";
import { DatabaseZap, HardDrive, type LucideIcon, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { readOutage, type ShownOutage } from "./read-outage";

const icons: Readonly<Record<ShownOutage, LucideIcon>> = {
  "disk-full": HardDrive,
  "database-gone": DatabaseZap,
  leaving: RotateCw,
};
const lookMs = 15_000;
const lookDuringOutageMs = 3_000;

/** A line above the page while the server cannot do its work: what is the matter, and that it passes. */
export function OutageNotice() {
  const t = useTranslations("shell");
  const { data: outage = null } = useQuery({
    queryKey: ["server-health"],
    queryFn: async ({ signal }) => readOutage(await fetch("/api/health", { signal, cache: "no-store" })),
    refetchInterval: ({ state }) => (state.data === null || state.data === undefined ? lookMs : lookDuringOutageMs),
    retry: false,
  });
  if (outage === null) return null;
  const Icon = icons[outage];
  return (
    <p
      role="status"
      className="flex shrink-0 items-center justify-center gap-2 bg-warn-soft px-4 py-1 text-balance text-center text-warn text-xs"
    >
      <Icon className="size-3.5 shrink-0" />
      {t(`outage.${outage}`)}
    </p>
  );
}
