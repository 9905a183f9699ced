"use client";

import { ArrowUpRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { DownloadMenu } from "./download-menu";
import { SheetNotice } from "./sheet-notice";
import { useSheet } from "./use-sheet";

/** A sheet under way, where it was started: it goes on when one looks away. */
export function SheetLive({ id }: { readonly id: string }) {
  const t = useTranslations("sheets.dialog");
  const live = useSheet(id);
  if (live.sheet.isError)
    return <QueryError error={live.sheet.error} onRetry={() => void live.sheet.refetch()} className="py-6" />;
  if (!live.sheet.data) return <Skeleton className="h-9 w-full" />;
  const { rowsDone, rowsTotal, status } = live.sheet.data;
  return (
    <div className="flex flex-col gap-4">
      <SheetNotice live={live} />
      {status === "running" || status === "queued" ? <p className="text-muted text-sm">{t("goesOn")}</p> : null}
      <div className="flex items-center justify-end gap-2">
        <Button asChild>
          <Link href={`/runs/sheets/${id}`}>
            <ArrowUpRight />
            {t("openPage")}
          </Link>
        </Button>
        <DownloadMenu id={id} isWhole={rowsDone >= rowsTotal} />
      </div>
    </div>
  );
}
