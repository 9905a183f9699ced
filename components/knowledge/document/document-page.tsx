"use client";

import { useQuery } from "@tanstack/react-query";
import { Crosshair, Download, PanelLeft, Rows3 } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useCallback, useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { type PaletteGroup, usePaletteCommands } from "@/components/shell/palette-commands";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { formatCount } from "@/components/ui/format";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { baseAddress, readRange } from "../addresses";
import { DocumentMenu } from "../documents/document-menu";
import { useDocumentActions } from "../documents/use-document-actions";
import { useFailureText } from "../documents/use-failure-text";
import type { DocumentView } from "../types";
import { DocumentNotes } from "./document-notes";
import { DocumentText, type Place, placeInOutline } from "./document-text";
import { Outline } from "./outline";
import { ReadAgainButton } from "./read-again-button";

export interface DocumentPageProps {
  readonly baseId: string;
  readonly id: string;
}

/** How often a document that waits is looked at again. */
const waitingInterval = 2_000;

/** A document as the search reads it: its plain text, where its parts are, and the passage that a citation names. */
export function DocumentPage({ baseId, id }: DocumentPageProps) {
  const t = useTranslations("knowledge");
  const shell = useTranslations("shell.pages");
  const trpc = useTRPC();
  const router = useRouter();
  const base = useQuery(trpc.knowledge.get.queryOptions({ id: baseId }));
  const document = useQuery(
    trpc.knowledge.document.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data?.status === "waiting" ? waitingInterval : false) },
    ),
  );
  const { retry, askToRemove, dialog } = useDocumentActions(() => router.push(baseAddress(baseId)));
  const parents = [
    { title: shell("knowledge"), href: "/knowledge" },
    { title: base.data?.name ?? t("one"), href: baseAddress(baseId) },
  ];
  if (document.isPending) return <PageSkeleton />;
  if (document.isError)
    return (
      <>
        <PageHeader title={t("document.title")} parents={parents} />
        <QueryError error={document.error} onRetry={() => void document.refetch()} className="flex-1" />
      </>
    );
  const { data } = document;
  return (
    <>
      <PageHeader
        title={<span title={data.name}>{data.name}</span>}
        parents={parents}
        aside={<Facts document={data} />}
        actions={
          <>
            {data.fileId ? (
              <Button asChild>
                <a href={`/api/files/${data.fileId}`} download={data.name}>
                  <Download />
                  {t("document.download")}
                </a>
              </Button>
            ) : null}
            <ReadAgainButton document={data} />
            <DocumentMenu
              baseId={baseId}
              document={data}
              onRetry={() => retry(data)}
              onRemove={() => askToRemove(data)}
            />
          </>
        }
      />
      {data.textLength === 0 ? <NoText document={data} onRetry={() => retry(data)} /> : <Reader document={data} />}
      {dialog}
    </>
  );
}

function Facts({ document }: { readonly document: DocumentView }) {
  const t = useTranslations("knowledge.document");
  return (
    <span className="tabular text-faint text-xs">
      {[
        document.pageCount === null ? null : t("pageCount", { count: document.pageCount }),
        document.chunkCount > 0 ? t("chunkCount", { count: document.chunkCount }) : null,
        t("length", { count: formatCount(document.textLength) }),
      ]
        .filter(Boolean)
        .join(" · ")}
    </span>
  );
}

function NoText({ document, onRetry }: { readonly document: DocumentView; readonly onRetry: () => void }) {
  const t = useTranslations("knowledge.document");
  const say = useFailureText();
  if (document.status === "failed") {
    const { title, mend } = say(document.errorCode);
    return <ErrorState title={title} description={mend} onRetry={onRetry} className="flex-1" />;
  }
  return <EmptyState title={t("notRead")} description={t("notReadHelp")} className="flex-1" />;
}

function Reader({ document }: { readonly document: DocumentView }) {
  const t = useTranslations("knowledge.document");
  const parameters = useSearchParams();
  const range = readRange(parameters);
  const start = range?.start;
  const end = range?.end;
  const cited = useMemo(
    () => (start === undefined || end === undefined || start >= document.textLength ? null : { start, end }),
    [start, end, document.textLength],
  );
  const atCitation = useMemo<Place | null>(() => (cited ? { start: cited.start, kind: "passage" } : null), [cited]);
  const [chosen, setChosen] = useState<{ readonly place: Place; readonly cited: typeof cited } | null>(null);
  // A new citation in the address outdoes where one went before.
  const place = chosen && chosen.cited === cited ? chosen.place : atCitation;
  const [here, setHere] = useState(0);
  const [chunksShown, setChunksShown] = useState(false);
  const [outlineShown, setOutlineShown] = useState(true);
  const goTo = useCallback((at: number) => setChosen({ place: { start: at, kind: "heading" }, cited }), [cited]);
  const goBack = useCallback(
    () => (cited ? setChosen({ place: { start: cited.start, kind: "passage" }, cited }) : undefined),
    [cited],
  );
  usePageKeys({ c: () => setChunksShown((shown) => !shown), o: () => setOutlineShown((shown) => !shown), g: goBack });
  const commands = useMemo<PaletteGroup>(
    () => ({
      heading: t("title"),
      commands: [
        {
          id: "chunks",
          title: t("showChunks"),
          icon: Rows3,
          hint: "C",
          run: () => setChunksShown((shown) => !shown),
        },
        {
          id: "outline",
          title: t("showOutline"),
          icon: PanelLeft,
          hint: "O",
          run: () => setOutlineShown((shown) => !shown),
        },
      ],
    }),
    [t],
  );
  usePaletteCommands(commands);
  const firstPage = cited ? placeInOutline(document.outline, cited.start).page : null;
  const lastPage = cited ? placeInOutline(document.outline, cited.end - 1).page : null;
  const position = placeInOutline(document.outline, here);
  return (
    <div className="flex min-h-0 flex-1">
      {outlineShown ? (
        <aside className="flex w-64 shrink-0 flex-col border-line border-r bg-page">
          <Outline outline={document.outline} here={here} onGo={goTo} />
        </aside>
      ) : null}
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="flex h-10 shrink-0 items-center gap-3 border-line border-b px-4">
          <IconButton
            label={t(outlineShown ? "hideOutline" : "showOutline")}
            keys={["O"]}
            aria-pressed={outlineShown}
            onClick={() => setOutlineShown(!outlineShown)}
          >
            <PanelLeft />
          </IconButton>
          <span className="min-w-0 flex-1 truncate text-muted">
            {[position.page === null ? null : t("page", { page: position.page }), position.heading]
              .filter(Boolean)
              .join(" · ")}
          </span>
          {cited ? (
            <Button size="sm" variant="ghost" onClick={goBack} title={t("goToCitation")}>
              <Crosshair />
              {firstPage === null || lastPage === null
                ? t("citation")
                : firstPage === lastPage
                  ? t("citationOnPage", { page: firstPage })
                  : t("citationOnPages", { first: firstPage, last: lastPage })}
              <Kbd>{"G"}</Kbd>
            </Button>
          ) : null}
          {document.chunkCount > 0 ? (
            <Button size="sm" aria-pressed={chunksShown} onClick={() => setChunksShown(!chunksShown)}>
              <Rows3 />
              {t(chunksShown ? "hideChunks" : "showChunks")}
              <Kbd>{"C"}</Kbd>
            </Button>
          ) : null}
        </div>
        <DocumentNotes document={document} />
        {chunksShown ? (
          <p className="border-line border-b bg-page px-4 py-1.5 text-muted text-xs">{t("chunksHelp")}</p>
        ) : null}
        <DocumentText document={document} cited={cited} place={place} chunksShown={chunksShown} onPlace={setHere} />
      </div>
    </div>
  );
}
