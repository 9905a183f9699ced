"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  Columns3,
  Download,
  Ellipsis,
  History,
  ListChecks,
  Sparkles,
  Split,
  Tags,
  ThumbsUp,
  Trash2,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { RouterOutputs } from "@/components/trpc/client";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { ChecksDialog } from "./checks-dialog";
import { ColumnsDialog } from "./columns-dialog";
import { FeedbackDialog } from "./feedback-dialog";
import { GenerateDialog } from "./generate-dialog";
import { LabelsDialog } from "./labels-dialog";
import { SplitDialog } from "./split-dialog";
import type { Row } from "./use-row-edits";
import { VersionsDialog } from "./versions-dialog";

interface DatasetMenuProps {
  readonly dataset: RouterOutputs["dataset"]["get"];
  /** Those that are shown. */
  readonly rows: readonly Row[];
}

/** What is done to a dataset as a whole. */
export function DatasetMenu({ dataset, rows }: DatasetMenuProps) {
  const t = useTranslations("datasets.page");
  const all = useTranslations("datasets");
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [open, setOpen] = useState<
    "checks" | "columns" | "feedback" | "generate" | "labels" | "split" | "versions" | "remove" | null
  >(null);
  const close = () => setOpen(null);
  const expected = dataset.columns.flatMap(({ name, role }) => (role === "expected" ? [name] : []));
  const remove = useMutation(
    trpc.dataset.remove.mutationOptions({
      onError,
      onSuccess: () => {
        router.push("/evaluation/datasets");
        void queries.invalidateQueries({ queryKey: trpc.dataset.list.pathKey() });
      },
    }),
  );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("menu", { name: dataset.name })}>
            <Ellipsis />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setOpen("checks")}>
            <ListChecks />
            {all("checks.title")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen("generate")}>
            <Sparkles />
            {all("generate.title")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen("feedback")}>
            <ThumbsUp />
            {all("feedback.title")}
          </DropdownMenuItem>
          {expected.length > 0 ? (
            <DropdownMenuItem onSelect={() => setOpen("labels")}>
              <Tags />
              {all("labels.title")}
            </DropdownMenuItem>
          ) : null}
          <DropdownMenuItem onSelect={() => setOpen("versions")}>
            <History />
            {all("versions.title")}
          </DropdownMenuItem>
          {(["csv", "jsonl"] as const).map((format) => (
            <DropdownMenuItem key={format} asChild>
              <a href={`/api/datasets/${dataset.id}?format=${format}`} download>
                <Download />
                {all(`export.${format}`)}
              </a>
            </DropdownMenuItem>
          ))}
          <DropdownMenuItem onSelect={() => setOpen("columns")}>
            <Columns3 />
            {t("columns")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setOpen("split")}>
            <Split />
            {t("split")}
          </DropdownMenuItem>
          <DropdownMenuItem danger onSelect={() => setOpen("remove")}>
            <Trash2 />
            {t("remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {open === "checks" ? <ChecksDialog datasetId={dataset.id} onClose={close} /> : null}
      {open === "feedback" ? <FeedbackDialog datasetId={dataset.id} onClose={close} /> : null}
      {open === "generate" ? <GenerateDialog datasetId={dataset.id} onClose={close} /> : null}
      {open === "labels" ? (
        <LabelsDialog datasetId={dataset.id} columns={expected} rows={rows} onClose={close} />
      ) : null}
      {open === "versions" ? <VersionsDialog dataset={dataset} onClose={close} /> : null}
      {open === "columns" ? <ColumnsDialog dataset={dataset} onClose={close} /> : null}
      {open === "split" ? <SplitDialog datasetId={dataset.id} onClose={close} /> : null}
      <AlertDialog
        open={open === "remove"}
        onOpenChange={(shown) => {
          if (!shown) close();
        }}
        title={t("removeTitle", { name: dataset.name })}
        description={t("removeHelp")}
        action={t("remove")}
        onAction={() => remove.mutate({ id: dataset.id })}
      />
    </>
  );
}
