"use client";

import { useQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { useMemo, useState } from "react";
import { createStore } from "zustand/vanilla";
import { initialValues, inputFieldsOf } from "@/components/run/run-inputs";
import { createRunStore } from "@/components/run/run-store";
import { type RouterOutputs, useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { catalog } from "@/nodes/index";
import { canonicalJson } from "@/runtime/graph/hash";
import type { Draft } from "./autosave/autosave";
import { keepDraft, readDraft, takeClosedDraft } from "./autosave/draft-keeper";
import { useAutosave } from "./autosave/use-autosave";
import { useSpokenNames } from "./canvas/use-spoken-names";
import { readCases } from "./compare/cases-keeper";
import { createCompareStore } from "./compare/compare-store";
import { createDiagnosticsStore } from "./diagnostics/diagnostics-store";
import { EditorLayout } from "./editor-layout";
import { EditorSkeleton } from "./editor-skeleton";
import { randomWord } from "./gestures/identifiers";
import { useRunControl } from "./run-control/use-run-control";
import { type Session, SessionProvider, type SessionState } from "./session";
import { createEditorStore } from "./store/editor-store";
import { createViewStore } from "./store/view-store";
import { useInterfaceLocale, type Workbench, WorkbenchProvider } from "./workbench";

/** One pipeline, open for editing. */
export function EditorPage({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const query = useQuery(
    trpc.pipeline.get.queryOptions(
      { id },
      { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false },
    ),
  );
  if (query.isError && !query.data)
    return <QueryError error={query.error} onRetry={() => void query.refetch()} className="h-full" />;
  if (!query.data || (query.isFetching && !query.isFetchedAfterMount)) return <EditorSkeleton />;
  return <OpenPipeline key={id} pipeline={query.data} />;
}

/** A link may lead straight to where the draft is published; a reload does not open it again. */
const takePublishWish = (): boolean => {
  const address = new URL(window.location.href);
  const wished = address.searchParams.has("publish");
  address.searchParams.delete("publish");
  if (wished) window.history.replaceState(null, "", address);
  return wished;
};

/** A link may name a stored run that is to be shown on the draft. It stays in the address: a reload shows it again. */
const wishedRun = (): string | null => new URL(window.location.href).searchParams.get("run");

type Pipeline = RouterOutputs["pipeline"]["get"];

const tabKey = "pipewright.tab";

/** Names this tab for as long as it lives, reloads included. */
const tabName = (): string => {
  try {
    const known = sessionStorage.getItem(tabKey) ?? randomWord(12);
    sessionStorage.setItem(tabKey, known);
    return known;
  } catch {
    return randomWord(12);
  }
};

/** Work of this tab, or of a window that was closed over it, that the server does not have; what it does have is forgotten. */
const recover = (pipeline: Pipeline, tab: string): Draft | null => {
  const draft = readDraft(localStorage, pipeline.id, tab);
  if (!draft) return takeClosedDraft(localStorage, pipeline.id, tab, pipeline.revision);
  if (canonicalJson(draft.document) !== canonicalJson(pipeline.document)) return draft;
  keepDraft(localStorage, pipeline.id, tab, null);
  return null;
};

function OpenPipeline({ pipeline: loaded }: { readonly pipeline: Pipeline }) {
  const locale = useInterfaceLocale();
  const spoken = useSpokenNames();
  // What the page began with; later answers of the query are the autosave's own saves.
  const [{ pipeline, tab, recovered, workbench, store, compare, wished }] = useState(() => {
    const name = tabName();
    const draft = recover(loaded, name);
    const document = draft?.document ?? loaded.document;
    const bench: Workbench = {
      editor: createEditorStore({ document, catalog, locale, now: () => Date.now(), spoken }),
      view: createViewStore({ publishOpen: takePublishWish() }),
      run: createRunStore(),
      diagnostics: createDiagnosticsStore(),
    };
    const session = createStore<SessionState>()(() => ({
      name: loaded.name,
      save: { status: "saved", savedAt: loaded.updatedAt.getTime() },
      graphHash: loaded.graphHash,
      publishedHash: loaded.deployment?.graphHash ?? null,
      values: initialValues(inputFieldsOf(document, catalog), loaded.sampleInputs),
      faults: {},
      openedRun: null,
      beginsAnew: false,
    }));
    return {
      pipeline: loaded,
      tab: name,
      recovered: draft,
      workbench: bench,
      store: session,
      compare: createCompareStore(readCases(localStorage, loaded.id)),
      wished: wishedRun(),
    };
  });
  const autosave = useAutosave({ pipeline, tab, editor: workbench.editor, session: store, recovered });
  const control = useRunControl({ pipelineId: pipeline.id, workbench, autosave, session: store, wished });
  const session = useMemo<Session>(
    () => ({
      pipelineId: pipeline.id,
      sampleInputs: pipeline.sampleInputs,
      autosave,
      store,
      compare,
      run: control.start,
      runPart: control.startPart,
      cancel: control.cancel,
    }),
    [pipeline, autosave, store, compare, control],
  );
  return (
    <WorkbenchProvider value={workbench}>
      <SessionProvider value={session}>
        <ReactFlowProvider>
          <EditorLayout tab={tab} />
        </ReactFlowProvider>
      </SessionProvider>
    </WorkbenchProvider>
  );
}
