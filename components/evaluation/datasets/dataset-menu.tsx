"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Columns3, Ellipsis, Split, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
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
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { ColumnsDialog } from "./columns-dialog";
import { SplitDialog } from "./split-dialog";

interface DatasetMenuProps {
  readonly dataset: { readonly id: string; readonly name: string; readonly columns: readonly DatasetColumn[] };
}

/** What is done to a dataset as a whole. */
export function DatasetMenu({ dataset }: DatasetMenuProps) {
  const t = useTranslations("datasets.page");
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [open, setOpen] = useState<"columns" | "split" | "remove" | null>(null);
  const close = () => setOpen(null);
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
