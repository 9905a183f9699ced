"use client";

import { Copy, Ellipsis, ListTree, Pencil, Scale, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { IconButton } from "@/components/ui/icon-button";
import { usePipelineActions } from "./use-pipeline-actions";

// A list of cards shows no dialog, and most visits open none.
const StopDialog = lazy(() =>
  import("@/components/deployments/stop-dialog").then((module) => ({ default: module.StopDialog })),
);
const RenameDialog = lazy(() => import("./rename-dialog").then((module) => ({ default: module.RenameDialog })));

export interface PipelineMenuProps {
  readonly pipeline: {
    readonly id: string;
    readonly name: string;
    readonly deployment: { readonly active: boolean } | null;
  };
  readonly className?: string;
}

/** Rename, duplicate, runs, delete. */
export function PipelineMenu({ pipeline, className }: PipelineMenuProps) {
  const t = useTranslations("pipelines");
  const evaluate = useTranslations("experiments");
  const { rename, duplicate, remove } = usePipelineActions();
  const [renaming, setRenaming] = useState(false);
  const [stopping, setStopping] = useState(false);
  const ask = () => setStopping(true);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <IconButton label={t("menu", { name: pipeline.name })} size="sm" className={className}>
            <Ellipsis />
          </IconButton>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setRenaming(true)}>
            <Pencil />
            {t("rename")}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => duplicate(pipeline)}>
            <Copy />
            {t("duplicate")}
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/runs?pipeline=${encodeURIComponent(pipeline.id)}`}>
              <ListTree />
              {t("runs")}
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link href={`/evaluation/experiments/new?pipeline=${encodeURIComponent(pipeline.id)}`}>
              <Scale />
              {evaluate("compare")}
            </Link>
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem
            danger
            onSelect={() => (pipeline.deployment?.active ? ask() : remove(pipeline, { stopsApi: false, onLive: ask }))}
          >
            <Trash2 />
            {t("remove")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Suspense>
        {stopping ? (
          <StopDialog
            open
            onOpenChange={setStopping}
            pipeline={pipeline}
            by="delete"
            onStop={() => remove(pipeline, { stopsApi: true, onLive: ask })}
          />
        ) : null}
        {renaming ? (
          <RenameDialog
            open
            onOpenChange={setRenaming}
            name={pipeline.name}
            onRename={(name) => rename(pipeline, name)}
          />
        ) : null}
      </Suspense>
    </>
  );
}
