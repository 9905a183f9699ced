"use client";

import { useMutation } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Money } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toaster";
import { DownloadMenu } from "./download-menu";
import { SheetNotice } from "./sheet-notice";
import { SheetRows } from "./sheet-rows";
import type { SheetView } from "./types";
import { useSheet } from "./use-sheet";

/** One sheet: how far it is, its rows with their answers, and the file to take away. */
export function SheetPage({ id }: { readonly id: string }) {
  const t = useTranslations("sheets");
  const runs = useTranslations("runs");
  const live = useSheet(id);
  const [show, setShow] = useState<"all" | "failed">("all");
  const parents = [
    { title: runs("title"), href: "/runs" },
    { title: t("title"), href: "/runs/sheets" },
  ];
  if (live.sheet.isError)
    return (
      <>
        <PageHeader title={t("one")} parents={parents} />
        <QueryError error={live.sheet.error} onRetry={() => void live.sheet.refetch()} className="flex-1" />
      </>
    );
  if (!live.sheet.data) return <PageSkeleton />;
  const sheet = live.sheet.data;
  const { counts, rowsDone, rowsTotal, status } = sheet;
  const failed = counts.failure + counts.away + counts.empty;
  return (
    <>
      <PageHeader
        title={sheet.name}
        parents={parents}
        actions={
          <>
            <RemoveButton sheet={sheet} />
            <DownloadMenu id={id} isWhole={rowsDone >= rowsTotal} />
          </>
        }
      />
      <SheetNotice live={live} className="shrink-0 border-line border-b bg-page px-5 py-1" />
      <Facts sheet={sheet} />
      <div className="flex shrink-0 items-center gap-3 border-line border-b px-5 py-2.5">
        <Segmented
          label={t("page.show")}
          value={show}
          onValueChange={setShow}
          options={[
            { value: "all", label: `${t("page.showAll")} ${rowsDone}` },
            { value: "failed", label: `${t("page.showFailed")} ${failed}` },
          ]}
        />
        {sheet.doubtful > 0 ? (
          <span className="text-sm text-warn">{t("doubtful", { count: sheet.doubtful })}</span>
        ) : null}
      </div>
      <SheetRows key={show} id={id} show={show} live={status === "running" || status === "queued"} />
    </>
  );
}

function Facts({ sheet }: { readonly sheet: SheetView }) {
  const t = useTranslations("sheets.page");
  const { pipeline, revisionNumber, variants, fed, fixed, spentMicroUsd, uncostedRuns } = sheet;
  return (
    <p className="flex shrink-0 flex-wrap items-baseline gap-x-4 gap-y-1 border-line border-b px-5 py-2 text-muted text-sm">
      <span className="flex min-w-0 items-baseline gap-1.5">
        <Link
          href={`/pipelines/${pipeline.id}`}
          className="max-w-80 truncate text-fg hover:underline"
          title={pipeline.name}
        >
          {pipeline.name}
        </Link>
        {revisionNumber === null ? null : (
          <span className="tabular text-faint text-xs">{t("version", { number: revisionNumber })}</span>
        )}
      </span>
      {variants.map((label) => (
        <span key={label}>
          {t("variant")} <span className="text-fg">{label}</span>
        </span>
      ))}
      {fed.map(({ input, column }) => (
        <span key={input} className="min-w-0 max-w-96 truncate">
          {t("fed", { input, column })}
        </span>
      ))}
      {fixed.map((input) => (
        <span key={input}>{t("fixed", { input })}</span>
      ))}
      <span>
        {t("cost")}{" "}
        <span className="text-fg">
          <Money microUsd={uncostedRuns > 0 ? null : spentMicroUsd} atLeast={spentMicroUsd} />
        </span>
      </span>
    </p>
  );
}

function RemoveButton({ sheet: { id, name } }: { readonly sheet: SheetView }) {
  const t = useTranslations("sheets.page");
  const trpc = useTRPC();
  const router = useRouter();
  const onError = useErrorToast();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.sheet.remove.mutationOptions({
      onError,
      onSuccess: () => {
        toast.success(t("removed", { name }));
        router.push("/runs/sheets");
      },
    }),
  );
  return (
    <>
      <IconButton label={t("remove")} onClick={() => setAsking(true)}>
        <Trash2 />
      </IconButton>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("removeTitle", { name })}
        description={t("removeDescription")}
        action={t("remove")}
        busy={remove.isPending}
        onAction={() => remove.mutate({ id })}
      />
    </>
  );
}
