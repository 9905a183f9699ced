"use client";

import { useQueries, useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, FlaskConical } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { createRunStore } from "@/components/run/run-store";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Select, SelectItem } from "@/components/ui/select";
import { catalog } from "@/nodes/index";
import { createDiagnosticsStore } from "../diagnostics/diagnostics-store";
import { createEditorStore } from "../store/editor-store";
import { createViewStore } from "../store/view-store";
import { useInterfaceLocale, type Workbench, WorkbenchProvider } from "../workbench";
import { createSharedViewport, VersionCanvas } from "./version-canvas";
import { VersionChanges } from "./version-changes";
import { compareVersions, type VersionMark } from "./version-marks";

interface VersionsPageProps {
  readonly id: string;
  /** Numbers of versions, or `draft`. Anything else: the latest version, and the draft. */
  readonly from: string;
  readonly to: string;
}

type Versions = RouterOutputs["pipeline"]["revisions"]["revisions"];

/** Two versions of a pipeline beside each other: on two canvases that move together, and in words. */
export function VersionsPage({ id, from, to }: VersionsPageProps) {
  const t = useTranslations("editor.versions.compare");
  const shell = useTranslations("shell.pages");
  const trpc = useTRPC();
  const versions = useQuery(trpc.pipeline.revisions.queryOptions({ id }, { staleTime: 0 }));
  const draft = useQuery(trpc.pipeline.get.queryOptions({ id }, { staleTime: 0 }));
  const known = versions.data?.revisions ?? [];
  const chosen = [from === "" ? String(known[0]?.number ?? "draft") : from, to === "" ? "draft" : to];
  const found = useQueries({
    queries: chosen.map((version) =>
      trpc.pipeline.revision.queryOptions(
        { id, number: Number(version) },
        { staleTime: Number.POSITIVE_INFINITY, enabled: versions.isSuccess && /^[1-9]\d{0,8}$/u.test(version) },
      ),
    ),
  });
  const error = versions.error ?? draft.error ?? found.find((each) => each.isError)?.error;
  const parents = [
    { title: shell("pipelines"), href: "/pipelines" },
    { title: draft.data?.name ?? "…", href: `/pipelines/${id}` },
  ];
  const documents = chosen.map((version, index) =>
    version === "draft" ? draft.data?.document : found[index]?.data?.document,
  );
  const [before, after] = documents;
  return (
    <>
      <PageHeader title={t("title")} parents={parents} actions={<Pickers id={id} chosen={chosen} versions={known} />} />
      {error ? (
        <QueryError error={error} onRetry={() => void versions.refetch()} className="flex-1" />
      ) : before && after ? (
        <Comparison key={chosen.join()} before={before} after={after} titles={chosen} />
      ) : (
        <PageSkeleton />
      )}
    </>
  );
}

interface PickersProps {
  readonly id: string;
  readonly chosen: readonly string[];
  readonly versions: Versions;
}

function Pickers({ id, chosen, versions }: PickersProps) {
  const t = useTranslations("editor.versions");
  const router = useRouter();
  const choose = (side: number, version: string) => {
    const [from, to] = chosen.map((each, index) => (index === side ? version : each));
    router.replace(`/pipelines/${id}/versions?from=${from}&to=${to}`);
  };
  const numbers = chosen.filter((version) => version !== "draft");
  return (
    <>
      {numbers.length === 2 && numbers[0] !== numbers[1] ? (
        <Button asChild>
          <Link href={`/evaluation/experiments/new?pipeline=${id}&from=${numbers[0]}&to=${numbers[1]}`}>
            <FlaskConical />
            {t("compare.whichEdit")}
          </Link>
        </Button>
      ) : null}
      {chosen.map((version, side) => (
        <Select
          // biome-ignore lint/suspicious/noArrayIndexKey: there are two sides.
          key={side}
          aria-label={t(side === 0 ? "compare.from" : "compare.to")}
          className="w-56"
          value={version}
          onValueChange={(next) => choose(side, next)}
        >
          <SelectItem value="draft">{t("draft")}</SelectItem>
          {versions.some(({ number }) => String(number) === version) || version === "draft" ? null : (
            <SelectItem value={version}>{version}</SelectItem>
          )}
          {versions.map(({ id: key, number, note }) => (
            <SelectItem key={key} value={String(number)}>
              {note === "" ? t("number", { number }) : `${t("number", { number })} · ${note}`}
            </SelectItem>
          ))}
        </Select>
      ))}
    </>
  );
}

type Document = RouterOutputs["pipeline"]["get"]["document"];

interface ComparisonProps {
  readonly before: Document;
  readonly after: Document;
  readonly titles: readonly string[];
}

const kinds = ["added", "removed", "changed", "rewired"] as const satisfies readonly VersionMark[];
const tones = { added: "ok", removed: "error", changed: "warn", rewired: "accent" } as const;

function Comparison({ before, after, titles }: ComparisonProps) {
  const t = useTranslations("editor.versions");
  const locale = useInterfaceLocale();
  const compared = useMemo(() => compareVersions(before, after), [before, after]);
  const [viewport] = useState(createSharedViewport);
  const [place, setPlace] = useState<number | null>(null);
  const { marks, order } = compared;
  const shown = place === null ? null : (order[place] ?? null);
  // Names the steps in the list of changes.
  const [words] = useState<Workbench>(() => ({
    editor: createEditorStore({ document: after, catalog, locale, now: () => Date.now(), readOnly: true }),
    view: createViewStore(),
    run: createRunStore(),
    diagnostics: createDiagnosticsStore(),
  }));
  const nameOf = (version: string) => (version === "draft" ? t("draft") : t("number", { number: Number(version) }));
  const go = (by: number) =>
    setPlace((now) => (now === null ? (by > 0 ? 0 : order.length - 1) : (now + by + order.length) % order.length));
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1 flex-col divide-y divide-line">
        <VersionCanvas
          title={nameOf(titles[0] ?? "")}
          document={compared.before}
          marks={marks}
          markedWires={compared.unwired}
          viewport={viewport}
          shown={shown}
        />
        <VersionCanvas
          title={nameOf(titles[1] ?? "")}
          document={compared.after}
          marks={marks}
          markedWires={compared.wired}
          viewport={viewport}
          shown={shown}
        />
      </div>
      <aside
        aria-label={t("compare.words")}
        className="flex w-96 shrink-0 flex-col gap-4 overflow-y-auto border-line border-l p-4 text-sm"
        data-testid="version-words"
      >
        <div className="flex flex-wrap items-center gap-2">
          {kinds.map((kind) => {
            const count = [...marks.values()].filter((mark) => mark === kind).length;
            return count === 0 ? null : (
              <Badge key={kind} tone={tones[kind]}>
                {t(`compare.count.${kind}`, { count })}
              </Badge>
            );
          })}
          {order.length > 0 ? (
            <span className="ml-auto flex items-center gap-1">
              <IconButton size="sm" label={t("compare.former")} onClick={() => go(-1)}>
                <ChevronLeft />
              </IconButton>
              <span className="tabular text-muted text-xs">
                {t("compare.place", { place: place === null ? 0 : place + 1, count: order.length })}
              </span>
              <IconButton size="sm" label={t("compare.next")} onClick={() => go(1)} data-testid="next-change">
                <ChevronRight />
              </IconButton>
            </span>
          ) : null}
        </div>
        <WorkbenchProvider value={words}>
          <VersionChanges from={before} to={after} isComparison />
        </WorkbenchProvider>
      </aside>
    </div>
  );
}
