"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { FileDrop } from "@/components/registry/file-drop";
import { inputFieldsOf, readInputs } from "@/components/run/run-inputs";
import { asStarted, guessedFeeds, unfedOf } from "@/components/sheets/feeds";
import { InputFeeds } from "@/components/sheets/input-feeds";
import { SheetForecast } from "@/components/sheets/sheet-forecast";
import { SheetLive } from "@/components/sheets/sheet-live";
import { SheetSample } from "@/components/sheets/sheet-sample";
import { SheetStatus } from "@/components/sheets/sheet-status";
import type { Feeds, SheetPreview, SheetSource } from "@/components/sheets/types";
import { TakenBar } from "@/components/table-import/taken-bar";
import type { TableOptions } from "@/components/table-import/types";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toaster";
import { openVariantOf, useOpenVariant } from "../inspector/open-variant";
import { useSession, useSessionState } from "../session";
import { useEditor, useView } from "../workbench";

const formats =
  ".csv,.tsv,.tab,.psv,.txt,.json,.jsonl,.ndjson,.md,.html,.htm,.xlsx,.docx,text/csv,application/jsonl,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

interface Read {
  readonly source: SheetSource;
  readonly name: string;
  readonly preview: SheetPreview;
  /** What was chosen of how it is taken. */
  readonly options: TableOptions;
  readonly feeds: Feeds;
  readonly chosen: ReadonlySet<string>;
}

/** Takes a sheet, shows how it was taken and what feeds what, and runs what is on the screen on every row. */
export function SheetDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTranslations("sheets.dialog");
  const run = useTranslations("run");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const { pipelineId, autosave } = useSession();
  const document = useEditor((state) => state.whole);
  const catalog = useEditor((state) => state.catalog);
  const values = useSessionState((state) => state.values);
  const panel = useMemo(() => readInputs(inputFieldsOf(document, catalog), values).inputs, [document, catalog, values]);
  const shown = useView(({ shownVariant }) => shownVariant);
  const open = openVariantOf(document, shown);
  const words = useOpenVariant();
  const variants = open === null ? [] : [{ node: open.node, id: open.variant.id }];
  const [read, setRead] = useState<Read | null>(null);
  const [startedId, setStartedId] = useState<string | null>(null);
  const preview = useMutation(trpc.sheet.preview.mutationOptions({ onError }));
  const start = useMutation(
    trpc.sheet.start.mutationOptions({
      onError,
      onSuccess: ({ id }) => {
        setStartedId(id);
        void queries.invalidateQueries({ queryKey: trpc.sheet.pathKey() });
      },
    }),
  );
  const saved = async (): Promise<boolean> => {
    if (await autosave.flush()) return true;
    toast.error(run("notSaved.title"), { description: run("notSaved.description") });
    return false;
  };
  const look = async (source: SheetSource, name: string, options: TableOptions = {}) => {
    if (!(await saved())) return;
    const found = await preview.mutateAsync({ pipelineId, variants, source, options }).catch(() => null);
    if (found !== null)
      setRead({ source, name, options, preview: found, feeds: guessedFeeds(found, panel), chosen: new Set() });
  };
  const begin = async ({ source, name, options, feeds, preview: { taken } }: Read) => {
    if (!(await saved())) return;
    start.mutate({
      pipelineId,
      revision: autosave.revision,
      variants,
      source,
      name,
      options: { ...taken.options, ...options },
      ...asStarted(feeds, panel),
    });
  };
  const problem =
    read === null
      ? null
      : read.preview.inputs.every(({ takesCells }) => !takesCells)
        ? t("noInputs")
        : read.preview.outputs.length === 0
          ? t("noOutputs")
          : null;
  const isReady =
    read !== null &&
    problem === null &&
    !read.preview.taken.isEncodingUnsure &&
    unfedOf(read.preview.inputs, read.feeds, panel).length === 0 &&
    Object.values(read.feeds).some((feed) => typeof feed === "number");
  return (
    <Dialog open onOpenChange={(next) => (next ? undefined : onClose())}>
      <DialogContent
        title={read === null || startedId === null ? t("title") : read.name}
        description={t("description")}
        className="max-w-3xl"
        data-testid="sheet-dialog"
        footer={
          read === null || startedId !== null ? undefined : (
            <>
              <p className="mr-auto min-w-0 text-muted text-sm" data-testid="sheet-forecast">
                {problem ?? <SheetForecast forecast={read.preview.forecast} />}
              </p>
              <Button onClick={() => setRead(null)}>{t("another")}</Button>
              <Button
                variant="primary"
                disabled={!isReady}
                busy={start.isPending}
                onClick={() => void begin(read)}
                data-testid="sheet-start"
              >
                {t("start", { count: read.preview.rowCount })}
              </Button>
            </>
          )
        }
      >
        {startedId !== null ? (
          <SheetLive id={startedId} />
        ) : read === null ? (
          <div className="flex flex-col gap-5">
            <FileDrop
              busy={preview.isPending}
              accept={formats}
              help={t("fileHelp")}
              onFile={({ fileId, name }) => void look({ kind: "file", fileId }, withoutExtension(name))}
            />
            <Earlier pipelineId={pipelineId} />
          </div>
        ) : (
          <div className="flex flex-col gap-5">
            {words === null ? null : (
              <p className="break-words text-accent-text text-sm" data-testid="sheet-variant">
                {t("variant", words)}
              </p>
            )}
            <div className="flex flex-col gap-3">
              <p className="flex min-w-0 items-baseline gap-2 text-sm">
                <span className="truncate font-medium" title={read.name}>
                  {read.name}
                </span>
                <span className="tabular shrink-0 text-muted">
                  {t("found", { rows: read.preview.rowCount, columns: read.preview.columns.length })}
                </span>
              </p>
              <TakenBar
                taken={read.preview.taken}
                chosen={read.options}
                busy={preview.isPending}
                onChoose={(options) => void look(read.source, read.name, options)}
              />
              <SheetSample preview={read.preview} feeds={read.feeds} />
            </div>
            <section className="flex flex-col gap-3">
              <div>
                <h3 className="font-medium text-sm">{t("mapping")}</h3>
                <p className="text-muted text-sm">{t("mappingHelp")}</p>
              </div>
              <InputFeeds
                preview={read.preview}
                feeds={read.feeds}
                panel={panel}
                chosen={read.chosen}
                onChange={(input, feed) =>
                  setRead({
                    ...read,
                    feeds: { ...read.feeds, [input]: feed },
                    chosen: new Set([...read.chosen, input]),
                  })
                }
              />
              {read.preview.outputs.length === 0 ? null : (
                <p className="truncate text-muted text-sm">{t("adds", { names: read.preview.outputs.join(", ") })}</p>
              )}
            </section>
          </div>
        )}
      </DialogContent>
    </Dialog>
  );
}

const withoutExtension = (name: string): string =>
  name
    .replace(/\.[^.]{1,10}$/, "")
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, 120) || "sheet";

function Earlier({ pipelineId }: { readonly pipelineId: string }) {
  const t = useTranslations("sheets.dialog");
  const page = useTranslations("sheets.page");
  const trpc = useTRPC();
  const sheets = useQuery(trpc.sheet.list.queryOptions({ pipelineId, limit: 5 }, { staleTime: 0 }));
  if (!sheets.data || sheets.data.items.length === 0) return null;
  return (
    <section className="flex flex-col gap-1">
      <div className="flex items-baseline justify-between">
        <h3 className="font-medium text-sm">{t("earlier")}</h3>
        <Link href="/runs/sheets" className="text-accent-text text-sm hover:underline">
          {t("all")}
        </Link>
      </div>
      <ul>
        {sheets.data.items.map((sheet) => (
          <li key={sheet.id} className="flex min-h-8 items-center gap-3 border-line border-b text-sm last:border-b-0">
            <SheetStatus sheet={sheet} />
            <Link
              href={`/runs/sheets/${sheet.id}`}
              className="min-w-0 flex-1 truncate hover:underline"
              title={sheet.name}
            >
              {sheet.name}
            </Link>
            <span className="tabular shrink-0 text-muted text-xs">
              {page("progress", { done: sheet.rowsDone, total: sheet.rowsTotal })}
            </span>
            <RelativeTime date={sheet.createdAt} className="shrink-0 text-faint text-xs" />
          </li>
        ))}
      </ul>
    </section>
  );
}
