"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "@/components/trpc/client";

const lookMs = 15_000;
/** More are not counted. */
const most = 99;

/** How many questions wait for the reader; nothing where none does. */
export function InboxCount() {
  const t = useTranslations("inbox");
  const trpc = useTRPC();
  const { data } = useQuery(trpc.inbox.count.queryOptions(undefined, { refetchInterval: lookMs }));
  const open = data?.open ?? 0;
  if (open === 0) return null;
  return (
    <span className="tabular ml-auto rounded-sm bg-accent-soft px-1.5 font-medium text-accent-text text-xs">
      <span aria-hidden="true">{open > most ? `${most}+` : open}</span>
      <span className="sr-only">{t("count", { count: open })}</span>
    </span>
  );
}
