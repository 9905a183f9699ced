import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Input } from "@/components/ui/input";
import { RelativeTime } from "@/components/ui/relative-time";
import { Sheet, SheetContent } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { restoreVersion } from "../gestures/restore-version";
import { useSession } from "../session";
import { useEditor, useView, useWorkbench } from "../workbench";
import { VersionChanges } from "./version-changes";

type Version = RouterOutputs["pipeline"]["revisions"]["revisions"][number];

/** Versions that were only tried, not decided on. */
const tried: ReadonlySet<string> = new Set(["variant", "experiment"]);
const longestNote = 200;

/** Every version that was kept of the pipeline: when, by whom and why, what it does otherwise, and the way back to it. */
export function VersionsSheet() {
  const t = useTranslations("editor.versions");
  const { view } = useWorkbench();
  const open = useView((state) => state.versionsOpen);
  return (
    <Sheet open={open} onOpenChange={(next) => view.setState({ versionsOpen: next })}>
      {open ? (
        <SheetContent title={t("title")} description={t("description")}>
          <Versions />
        </SheetContent>
      ) : null}
    </Sheet>
  );
}

function Versions() {
  const t = useTranslations("editor.versions");
  const trpc = useTRPC();
  const { pipelineId } = useSession();
  const readOnly = useEditor((state) => state.readOnly);
  const [chosen, setChosen] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  const found = useQuery(trpc.pipeline.revisions.queryOptions({ id: pipelineId }, { staleTime: 0 }));
  if (found.isError) return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending)
    return (
      <div className="flex flex-col gap-3">
        <Skeleton className="h-8" />
        <Skeleton className="h-8" />
        <Skeleton className="h-8 w-2/3" />
      </div>
    );
  const { revisions, liveId } = found.data;
  const hidden = revisions.filter(({ id, reason }) => tried.has(reason) && id !== liveId).length;
  const shown = all ? revisions : revisions.filter(({ id, reason }) => !tried.has(reason) || id === liveId);
  return (
    <div className="flex flex-col gap-3 text-sm">
      {readOnly ? null : <KeepForm />}
      {shown.length === 0 ? <p className="text-muted">{t("none")}</p> : null}
      <ul className="-mx-2 flex flex-col" aria-label={t("title")}>
        {shown.map((version) => (
          <li key={version.id} className="rounded-md" data-testid="version">
            <button
              type="button"
              aria-expanded={chosen === version.id}
              className={cn(
                "flex w-full flex-col gap-0.5 rounded-md px-2 py-2 text-left hover:bg-hover",
                chosen === version.id && "bg-active hover:bg-active",
              )}
              onClick={() => setChosen(chosen === version.id ? null : version.id)}
            >
              <span className="flex w-full items-center gap-2">
                <span className="tabular font-medium">{t("number", { number: version.number })}</span>
                {version.id === liveId ? <Badge tone="ok">{t("live")}</Badge> : null}
                {version.isDraft ? <Badge>{t("draft")}</Badge> : null}
                <RelativeTime date={version.keptAt} className="ml-auto shrink-0 text-faint text-xs" />
              </span>
              <span className="w-full break-words text-muted text-xs">
                {t(`reason.${reasonKey(version.reason)}`)}
                {version.note ? ` · ${version.note}` : ""}
                {version.by ? ` · ${version.by}` : ""}
              </span>
            </button>
            {chosen === version.id ? <Details version={version} close={() => setChosen(null)} /> : null}
          </li>
        ))}
      </ul>
      {hidden > 0 ? (
        <Button variant="ghost" size="sm" className="self-start" aria-pressed={all} onClick={() => setAll(!all)}>
          {t(all ? "hideTried" : "showTried", { count: hidden })}
        </Button>
      ) : null}
    </div>
  );
}

const reasons = [
  "run",
  "variant",
  "experiment",
  "gate",
  "publish",
  "before-ship",
  "before-restore",
  "ship",
  "keep",
] as const;
const reasonKey = (reason: string): (typeof reasons)[number] | "unknown" =>
  reasons.find((known) => known === reason) ?? "unknown";

/** Keeps the draft as it is, under words of one's own. */
function KeepForm() {
  const t = useTranslations("editor.versions");
  const { pipelineId, autosave } = useSession();
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const keep = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      if (!(await autosave.flush())) {
        toast.error(t("notSaved"));
        return;
      }
      const { number } = await client.pipeline.keep.mutate({ id: pipelineId, revision: autosave.revision, note });
      setNote("");
      toast.success(t("kept", { number }));
      await queries.invalidateQueries({ queryKey: trpc.pipeline.revisions.queryKey({ id: pipelineId }) });
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(event) => void keep(event)} className="flex gap-2">
      <Input
        aria-label={t("note")}
        placeholder={t("note")}
        value={note}
        maxLength={longestNote}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button type="submit" busy={busy}>
        {t("keep")}
      </Button>
    </form>
  );
}

function Details({ version, close }: { readonly version: Version; readonly close: () => void }) {
  const t = useTranslations("editor.versions");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const tellError = useErrorToast();
  const { editor, view } = useWorkbench();
  const { pipelineId, autosave } = useSession();
  const current = useEditor((state) => state.whole);
  const readOnly = useEditor((state) => state.readOnly);
  const [busy, setBusy] = useState(false);
  const found = useQuery(
    trpc.pipeline.revision.queryOptions(
      { id: pipelineId, revisionId: version.id },
      { staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  if (found.isError) return <QueryError error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton className="m-2 h-16" />;
  const { document, number } = found.data;
  const restore = async () => {
    setBusy(true);
    try {
      // What is there now is a version too, whatever becomes of the undo list.
      if (!(await autosave.flush())) {
        toast.error(t("notSaved"));
        return;
      }
      await client.pipeline.keep.mutate({ id: pipelineId, revision: autosave.revision, why: "before-restore" });
      editor.getState().goTo([]);
      editor.getState().apply(restoreVersion(editor.getState().document, document));
      const after = editor.getState().document;
      view.setState({ versionsOpen: false, shownVariant: null });
      close();
      toast.success(t("restored", { number }), {
        action: {
          label: t("undo"),
          onClick: () => {
            if (editor.getState().document === after) editor.getState().undo();
          },
        },
      });
      await queries.invalidateQueries({ queryKey: trpc.pipeline.revisions.queryKey({ id: pipelineId }) });
    } catch (error) {
      tellError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-3 px-2 pt-1 pb-3">
      <h3 className="sr-only">{t("changes")}</h3>
      <VersionChanges from={current} to={document} />
      <div className="flex flex-wrap gap-2">
        <Button asChild size="sm">
          <Link
            href={`/pipelines/${pipelineId}/versions?from=${version.number}&to=draft`}
            data-testid="compare-version"
          >
            {t("sideBySide")}
          </Link>
        </Button>
        <Button
          size="sm"
          busy={busy}
          disabled={readOnly || version.isDraft}
          onClick={() => void restore()}
          data-testid="restore-version"
        >
          {t("restore", { number })}
        </Button>
      </div>
    </div>
  );
}
