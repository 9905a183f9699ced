import { ChevronDown, ChevronUp, Columns2, FastForward, Inbox, Square } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { AddRunMenu } from "@/components/evaluation/datasets/add-run-menu";
import { ConversationThread } from "@/components/run/conversation-thread";
import { NodeRunDetails } from "@/components/run/node-run-details";
import { RunPartNote } from "@/components/run/run-part-note";
import { RunResult } from "@/components/run/run-result";
import { busyPhases, type RunView } from "@/components/run/run-store";
import { TriedVariants } from "@/components/run/tried-variants";
import { pathTitle, type StepLook, stepLooks, TraceWaterfall } from "@/components/trace/trace-waterfall";
import { Button } from "@/components/ui/button";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { runStatus, StatusGlyph } from "@/components/ui/status-glyph";
import { Tooltip } from "@/components/ui/tooltip";
import { allNodes } from "@/runtime/graph/body-at";
import { graphHash } from "@/runtime/graph/hash";
import { nodeOfPath } from "@/runtime/graph/node-of-path";
import { applyVariants } from "@/runtime/graph/variants";
import type { RunVariant } from "@/runtime/run/events";
import { nodeKey, useFramePrefix } from "../canvas/frame-prefix";
import { showPath } from "../canvas/show-path";
import { useCommands } from "../commands/use-commands";
import { useSession, useSessionState } from "../session";
import { useEditor, useInterfaceLocale, useRun, useView, useWorkbench } from "../workbench";
import { InputsPane } from "./inputs-pane";

/** Inputs, result and trace of the draft's runs. Folded, it is one line that still says how the last run went. */
export function RunPanel() {
  const open = useView((view) => view.runPanelOpen);
  return (
    <section
      aria-labelledby="run-panel-title"
      className="flex h-full min-h-0 flex-col bg-surface"
      data-testid="run-panel"
    >
      <RunBar />
      {open ? (
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(220px,22%)_minmax(0,1fr)_minmax(0,1.15fr)] divide-x divide-line">
          <InputsPane />
          <ResultPane />
          <TracePane />
        </div>
      ) : null}
    </section>
  );
}

const none: readonly RunVariant[] = [];

/** Whether what the run showed is of a graph that has been changed since. A card that only moved changes nothing. */
const useOutdated = (): boolean => {
  const hash = useRun(({ current }) => {
    const first = current?.events[0];
    return first?.type === "run-start" ? first.graphHash : null;
  });
  const tried = useRun(({ current }) => current?.state.variants) ?? none;
  const document = useDeferredValue(useEditor((state) => state.whole));
  const now = useMemo(() => {
    if (hash === null) return null;
    const again = applyVariants(document, tried);
    return again.ok ? graphHash(again.value.document) : "";
  }, [hash, document, tried]);
  return useRun(({ phase }) => phase === "ended") && hash !== now;
};

function RunBar() {
  const t = useTranslations("run");
  const { view } = useWorkbench();
  const open = useView((state) => state.runPanelOpen);
  const phase = useRun((state) => state.phase);
  const state = useRun(({ current }) => current?.state);
  const session = useSession();
  const name = useSessionState((each) => each.name);
  const commandNames = useTranslations("editor.commands");
  const outdated = useOutdated();
  const lookOf = useStepLooks();
  const took = state?.startedAt && state.endedAt ? Date.parse(state.endedAt) - Date.parse(state.startedAt) : null;
  return (
    <header className="flex h-9 shrink-0 items-center gap-3 border-line border-b pr-2 pl-3">
      <h2 id="run-panel-title" className="font-medium text-sm">
        {t("title")}
      </h2>
      {phase === "paused" && state ? (
        <Button asChild size="sm" variant="primary">
          <Link href={`/inbox?run=${state.runId}`} data-testid="run-answer">
            <Inbox />
            {t("answer")}
          </Link>
        </Button>
      ) : null}
      {busyPhases.has(phase) || phase === "paused" ? (
        <Button
          size="sm"
          disabled={phase !== "running" && phase !== "reconnecting" && phase !== "paused"}
          data-testid="run-cancel"
          onClick={session.cancel}
        >
          <Square />
          {t("cancel")}
        </Button>
      ) : null}
      <p className="flex min-w-0 items-center gap-3 text-muted text-xs" aria-live="polite" data-testid="run-status">
        {phase === "starting" ? t("phase.starting") : null}
        {phase === "reconnecting" ? <span className="text-warn">{t("phase.reconnecting")}</span> : null}
        {phase === "cancelling" ? t("phase.cancelling") : null}
        {state && phase !== "starting" ? (
          <>
            <StatusGlyph
              status={
                state.status === "pending"
                  ? "waiting"
                  : state.status === "success" && state.reply
                    ? "warn"
                    : runStatus[state.status]
              }
              {...(state.status === "success" && state.reply ? { label: t(`reply.${state.reply}`) } : {})}
              word
              className={outdated ? "text-faint" : undefined}
            />
            <TriedVariants variants={state.variants} lookOf={lookOf} />
            <RunPartNote part={state.part} lookOf={lookOf} />
            {took === null ? null : <Duration ms={took} />}
            {state.totals.modelCalls > 0 ? (
              <>
                <Tokens
                  input={state.totals.inputTokens}
                  output={state.totals.outputTokens}
                  uncounted={state.totals.uncountedCalls}
                />
                <Money microUsd={state.totals.costMicroUsd} atLeast={state.totals.knownCostMicroUsd} />
              </>
            ) : null}
            {outdated ? (
              <Tooltip content={t("outdatedHelp")} side="top">
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its tooltip opens on focus too. */}
                <span tabIndex={0} className="truncate rounded-sm text-faint" data-testid="run-outdated">
                  {t("outdated")}
                </span>
              </Tooltip>
            ) : null}
          </>
        ) : null}
      </p>
      <span className="flex-1" />
      {outdated ? (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => session.runPart({ mode: "changed" })}
          data-testid="run-changed-bar"
        >
          <FastForward />
          {commandNames("runChanged")}
        </Button>
      ) : null}
      {open && phase === "ended" && state && state.part?.within === undefined ? (
        <AddRunMenu
          size="sm"
          run={{ id: state.runId, pipeline: { name }, status: state.status }}
          outputs={state.outputs}
        />
      ) : null}
      <IconButton
        size="sm"
        side="top"
        label={t(open ? "fold" : "unfold")}
        aria-expanded={open}
        onClick={() => view.setState({ runPanelOpen: !open })}
      >
        {open ? <ChevronDown /> : <ChevronUp />}
      </IconButton>
    </header>
  );
}

function ResultPane() {
  const t = useTranslations("run");
  const current = useRun((state) => state.current);
  const former = useRun((state) => state.former);
  const [comparing, setComparing] = useState(false);
  const beside = comparing ? former : null;
  return (
    <div className="min-h-0 overflow-y-auto p-3" data-testid="run-result">
      <div className="mb-2 flex h-6 items-center gap-2">
        <h3 className="font-medium text-sm">{t("result")}</h3>
        {former ? (
          <Button
            variant="ghost"
            size="sm"
            className="ml-auto"
            aria-pressed={comparing}
            onClick={() => setComparing(!comparing)}
          >
            <Columns2 />
            {t(comparing ? "hideFormer" : "compare")}
          </Button>
        ) : null}
      </div>
      {current ? (
        <div className={beside ? "grid grid-cols-2 gap-4 divide-x divide-line" : undefined}>
          <Outcome run={current} label={beside ? t("thisRun") : undefined} />
          {beside ? (
            <div className="pl-4">
              <Outcome run={beside} label={t("formerRun")} />
            </div>
          ) : null}
        </div>
      ) : (
        <p className="text-muted text-sm">{t("notRunYet")}</p>
      )}
    </div>
  );
}

function Outcome({ run, label }: { readonly run: RunView; readonly label: string | undefined }) {
  const t = useTranslations("run");
  const document = useEditor((state) => state.whole);
  const catalog = useEditor((state) => state.catalog);
  const commands = useCommands();
  const { view } = useWorkbench();
  const fault =
    run.state.error?.node ??
    [...run.state.nodes.values()].find(({ status }) => status === "failure")?.path[0]?.split("#")[0];
  return (
    <div className="min-w-0">
      {label ? (
        <p className="mb-1 flex items-center gap-2 text-faint text-xs">
          {label}
          {run.state.startedAt && run.state.endedAt ? (
            <Duration ms={Date.parse(run.state.endedAt) - Date.parse(run.state.startedAt)} />
          ) : null}
          {run.state.totals.modelCalls > 0 ? (
            <Money microUsd={run.state.totals.costMicroUsd} atLeast={run.state.totals.knownCostMicroUsd} />
          ) : null}
        </p>
      ) : null}
      <ConversationThread run={run} />
      <RunResult
        run={run}
        document={document}
        catalog={catalog}
        mend={
          fault !== undefined && document.nodes.some(({ id }) => id === fault) ? (
            <Button
              size="sm"
              onClick={() => {
                commands.reveal(fault, undefined, []);
                view.setState({ inspectorTab: "last-run" });
              }}
            >
              {t("showStep")}
            </Button>
          ) : null
        }
      />
    </div>
  );
}

function TracePane() {
  const t = useTranslations("run");
  const current = useRun((state) => state.current);
  const chosen = useEditor(({ selection }) => (selection.nodes.size === 1 ? [...selection.nodes][0] : undefined));
  const prefix = useFramePrefix();
  const workbench = useWorkbench();
  const { editor, view } = workbench;
  const lookOf = useStepLooks();
  /** A row that no card stands for (a step removed since, or one inside another) is told here, below the rows. */
  const [apart, setApart] = useState<string | null>(null);
  const told = apart === null ? undefined : current?.state.nodes.get(apart);
  return (
    <div className="flex min-h-0 flex-col" data-testid="run-trace">
      <h3 className="mt-3 mb-2 flex h-6 shrink-0 items-center px-3 font-medium text-sm">{t("trace")}</h3>
      <div className="min-h-0 flex-1 overflow-auto">
        {current ? (
          <TraceWaterfall
            events={current.events}
            lookOf={lookOf}
            selected={told ? apart : chosen === undefined ? prefix || null : nodeKey(prefix, chosen)}
            onSelect={(key) => {
              const onCanvas = nodeOfPath(editor.getState().whole, key.split("/")) !== undefined;
              setApart(onCanvas ? null : key);
              if (!onCanvas) return;
              showPath(workbench, key);
              view.setState({ inspectorOpen: true, inspectorTab: "last-run" });
            }}
          />
        ) : (
          <p className="px-3 text-muted text-sm">{t("traceEmpty")}</p>
        )}
        {told ? (
          <section key={apart} ref={intoView} className="border-line border-t">
            <h4 className="px-4 pt-3 font-medium text-sm">{pathTitle(told.path, lookOf)}</h4>
            <NodeRunDetails state={told} />
          </section>
        ) : null}
      </div>
    </div>
  );
}

const intoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: "nearest" });

/** Names and hues of the steps; one that was removed since keeps those that it had. */
const useStepLooks = (): ((node: string) => StepLook) => {
  const t = useTranslations("run");
  const document = useEditor((state) => state.whole);
  const catalog = useEditor((state) => state.catalog);
  const locale = useInterfaceLocale();
  const [seen] = useState(() => new Map<string, StepLook>());
  return useMemo(() => {
    const lookOf = stepLooks(document, catalog, locale);
    for (const { id } of allNodes(document)) seen.set(id, lookOf(id));
    return (node) => seen.get(node) ?? { title: t("removedStep"), hue: "var(--skipped)" };
  }, [document, catalog, locale, seen, t]);
};
