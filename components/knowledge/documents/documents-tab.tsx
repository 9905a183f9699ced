"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ClipboardPaste, FilePlus, FileText, FolderPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { type PaletteGroup, usePaletteCommands } from "@/components/shell/palette-commands";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toaster";
import type { Base, DocumentItem } from "../types";
import { useDocumentColumns } from "./document-columns";
import { DropArea } from "./drop-area";
import { acceptedFiles } from "./file-kinds";
import { PasteTextDialog } from "./paste-text-dialog";
import { readPicked } from "./read-drop";
import type { ChosenFile, UploadQueue } from "./upload-queue";
import { UploadsPanel } from "./uploads-panel";
import { useDocumentActions } from "./use-document-actions";

const liveInterval = 2_000;
const statuses = ["all", "indexed", "waiting", "failed"] as const;
type Shown = (typeof statuses)[number];

export interface DocumentsTabProps {
  readonly base: Base;
  readonly uploads: UploadQueue;
}

/** The documents of a base, and the ways in for more. */
export function DocumentsTab({ base, uploads }: DocumentsTabProps) {
  const t = useTranslations("knowledge.documents");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [query, setQuery] = useState("");
  const [shown, setShown] = useState<Shown>("all");
  const [pasting, setPasting] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const search = useRef<HTMLDivElement>(null);
  const wanted = useDeferredValue(query.trim());
  const busy = base.jobId !== null;
  const input = {
    id: base.id,
    limit: 100,
    query: wanted || undefined,
    ...(shown === "all" ? {} : { status: shown }),
  };
  const documents = useInfiniteQuery({
    queryKey: [...trpc.knowledge.documents.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.knowledge.documents.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (busy && (state.data?.pages.length ?? 0) <= 2 ? liveInterval : false),
  });
  const pages = documents.data?.pages;
  const items = useMemo<readonly DocumentItem[]>(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const { retry, askToRemove, dialog } = useDocumentActions();
  const columns = useDocumentColumns({ baseId: base.id, busy, onRetry: retry, onRemove: askToRemove });

  const take = (chosen: readonly ChosenFile[]) => {
    const left = uploads.push(chosen);
    if (left > 0) toast.warning(t("tooManyFiles", { count: left }));
  };
  usePageKeys({
    u: () => files.current?.click(),
    t: () => setPasting(true),
    "/": () => search.current?.querySelector("input")?.focus(),
  });
  const commands = useMemo<PaletteGroup>(
    () => ({
      heading: t("title"),
      commands: [
        { id: "add-files", title: t("addFiles"), icon: FilePlus, hint: "U", run: () => files.current?.click() },
        { id: "add-folder", title: t("addFolder"), icon: FolderPlus, run: () => folder.current?.click() },
        { id: "paste-text", title: t("pasteText"), icon: ClipboardPaste, hint: "T", run: () => setPasting(true) },
      ],
    }),
    [t],
  );
  usePaletteCommands(commands);

  const add = (
    <>
      <Button onClick={() => setPasting(true)}>
        <ClipboardPaste />
        {t("pasteText")}
      </Button>
      <Button onClick={() => folder.current?.click()}>
        <FolderPlus />
        {t("addFolder")}
      </Button>
      <Button variant="primary" onClick={() => files.current?.click()}>
        <FilePlus />
        {t("addFiles")}
      </Button>
    </>
  );
  const filtered = wanted !== "" || shown !== "all";
  const isEmpty = base.documentCount === 0 && items.length === 0;
  return (
    <DropArea onFiles={take}>
      {isEmpty ? null : (
        <div className="flex h-11 shrink-0 items-center gap-3 border-line border-b px-5">
          <div ref={search}>
            <SearchField label={t("find")} value={query} onValueChange={setQuery} className="w-52" />
          </div>
          <Segmented
            label={t("statusColumn")}
            value={shown}
            onValueChange={setShown}
            options={statuses.map((status) => ({ value: status, label: t(`shown.${status}`) }))}
          />
          <span className="flex-1" />
          {add}
        </div>
      )}
      {documents.isError ? (
        <QueryError error={documents.error} onRetry={() => void documents.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={items}
          columns={columns}
          rowId={(document) => document.id}
          loading={documents.isPending}
          onEnd={
            documents.hasNextPage && !documents.isFetchingNextPage ? () => void documents.fetchNextPage() : undefined
          }
          empty={
            filtered ? (
              <EmptyState
                title={t("noneMatch")}
                actions={
                  <Button
                    onClick={() => {
                      setQuery("");
                      setShown("all");
                    }}
                  >
                    {t("showAll")}
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={<FileText />}
                title={t("none")}
                description={t("noneHelp")}
                actions={add}
                className="m-5 min-h-80 rounded-lg border border-line border-dashed"
              />
            )
          }
        />
      )}
      <UploadsPanel uploads={uploads} />
      <PasteTextDialog baseId={base.id} open={pasting} onOpenChange={setPasting} />
      {dialog}
      <input
        ref={files}
        type="file"
        multiple
        hidden
        accept={acceptedFiles}
        aria-label={t("addFiles")}
        onChange={(event) => {
          take(readPicked(event.target.files ?? []));
          event.target.value = "";
        }}
      />
      <input
        ref={folder}
        type="file"
        multiple
        hidden
        aria-label={t("addFolder")}
        {...{ webkitdirectory: "" }}
        onChange={(event) => {
          take(readPicked(event.target.files ?? []));
          event.target.value = "";
        }}
      />
    </DropArea>
  );
}
