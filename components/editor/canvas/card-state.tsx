import { CircleAlert, TriangleAlert, Wrench } from "lucide-react";
import { useTranslations } from "next-intl";
import { CacheWord } from "@/components/run/cache-note";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Tooltip } from "@/components/ui/tooltip";
import type { Diagnostic } from "@/runtime/graph/diagnostic";
import { type FrameProgress, type NodeState, skipText } from "@/runtime/run/reduce";
import { useDiagnosticText } from "../diagnostics/use-diagnostic-text";
import { useDiagnostics, useRun } from "../workbench";
import { nodeKey, useFramePrefix } from "./frame-prefix";

const glyphOf = {
  running: "running",
  waiting: "paused",
  success: "ok",
  failure: "error",
  skipped: "skipped",
} as const satisfies Record<NodeState["status"], unknown>;

/** What the last run says of a node; undefined before one. A node that the run has not reached yet is `waiting`. */
export const useNodeRun = (node: string): NodeState | undefined => {
  const prefix = useFramePrefix();
  return useRun(({ current }) => current?.state.nodes.get(nodeKey(prefix, node)));
};

/** Problems first, then what the last run made of the node. */
export function CardGlyph({ node }: { readonly node: string }) {
  const problems = useDiagnostics(({ byNode }) => byNode.get(node));
  const run = useNodeRun(node);
  const worst = problems?.find(({ severity }) => severity === "error") ?? problems?.[0];
  if (run?.status === "running") return <StatusGlyph status="running" />;
  if (worst) return <ProblemGlyph problem={worst} />;
  return run ? <RunGlyph run={run} /> : null;
}

function RunGlyph({ run }: { readonly run: NodeState }) {
  const t = useTranslations("run");
  const label = run.skipReason
    ? t(`skipped.${skipText(run.skipReason, run.outputs)}`)
    : run.reply
      ? t(`reply.${run.reply}`)
      : run.cached
        ? t("cached")
        : undefined;
  return (
    <StatusGlyph
      status={run.reply && run.status === "success" ? "warn" : glyphOf[run.status]}
      {...(label ? { label } : {})}
    />
  );
}

function ProblemGlyph({ problem }: { readonly problem: Diagnostic }) {
  const { title, hint } = useDiagnosticText()(problem);
  const Icon = problem.severity === "error" ? CircleAlert : TriangleAlert;
  return (
    <Tooltip content={hint ? `${title} ${hint}` : title} side="top">
      <span role="img" aria-label={title} className={problem.severity === "error" ? "text-error" : "text-warn"}>
        <Icon className="size-3.5" />
      </span>
    </Tooltip>
  );
}

/** Below the ports: the last two lines of a streaming answer, the first of an error, and what it took. */
export function CardFooter({ node }: { readonly node: string }) {
  const run = useNodeRun(node);
  return run && (run.status !== "skipped" || run.skipReason) ? <RunFooter run={run} /> : null;
}

function RunFooter({ run }: { readonly run: NodeState }) {
  const t = useTranslations("run");
  const said = run.status === "running" ? lastLines(Object.values(run.text).join("\n")) : "";
  const thought = run.status === "running" && said === "" ? lastLines(run.thinking) : "";
  const streaming = said || thought;
  const tool = run.status === "running" ? run.toolCalls.findLast(({ result }) => result === null) : undefined;
  const took =
    run.startedAt && run.endedAt ? Math.max(0, Date.parse(run.endedAt) - Date.parse(run.startedAt)) : undefined;
  return (
    <>
      {tool ? (
        <p className="mx-3 mb-2 flex items-center gap-1.5 text-running" data-testid="tool-under-way">
          <Wrench aria-hidden="true" className="size-3 shrink-0" />
          <span className="truncate">{t("tool.calling", { name: tool.name })}</span>
        </p>
      ) : null}
      {streaming ? (
        <p
          className="mx-3 mb-2 line-clamp-2 min-h-8 whitespace-pre-wrap break-words data-thinking:text-faint data-thinking:italic"
          data-thinking={thought ? "" : undefined}
        >
          {thought ? `${t("thinkingNow")} ${streaming}` : streaming}
        </p>
      ) : null}
      {run.error && run.status !== "success" ? (
        <p className="mx-3 mb-2 truncate text-error">{run.error.message.split("\n", 1)[0]}</p>
      ) : null}
      {run.status === "skipped" ? (
        <p className="border-line border-t px-3 py-1.5 text-skipped">
          {run.skipReason ? t(`skipped.${skipText(run.skipReason, run.outputs)}`) : null}
        </p>
      ) : (
        <p className="flex items-center gap-2 border-line border-t px-3 py-1.5 text-muted">
          {run.status === "waiting" ? (
            <span className="text-warn">{t("waitsForPerson")}</span>
          ) : took === undefined && run.cached ? (
            <span className="truncate">{t("cached")}</span>
          ) : took === undefined ? (
            <span className="text-running">{t("running")}</span>
          ) : (
            <Duration ms={took} />
          )}
          {run.lookup ? (
            <>
              <Dot />
              <CacheWord lookup={run.lookup} />
            </>
          ) : null}
          <FrameCount frames={run.frames} />
          {run.reply ? (
            <>
              <Dot />
              <span className="truncate text-warn">{t(`reply.${run.reply}`)}</span>
            </>
          ) : null}
          {run.attempt > 1 ? <span className="text-warn">{t("attempt", { number: run.attempt })}</span> : null}
          {run.totals.modelCalls > 0 ? (
            <>
              <Dot />
              <Tokens
                input={run.totals.inputTokens}
                output={run.totals.outputTokens}
                uncounted={run.totals.uncountedCalls}
              />
              <Dot />
              <Money microUsd={run.totals.costMicroUsd} atLeast={run.totals.knownCostMicroUsd} />
            </>
          ) : null}
        </p>
      )}
    </>
  );
}

/** How many of its items or rounds a container has run. */
function FrameCount({ frames }: { readonly frames: FrameProgress | null }) {
  const t = useTranslations("run.frames");
  if (frames === null) return null;
  const { succeeded, failed, total, atMost } = frames;
  return (
    <>
      <Dot />
      <span className="tabular whitespace-nowrap" data-testid="frame-count">
        {total === null
          ? t("some", { ended: succeeded + failed })
          : t(atMost ? "ofAtMost" : "of", { ended: succeeded + failed, total })}
      </span>
      {failed > 0 ? <span className="tabular whitespace-nowrap text-error">{t("failed", { failed })}</span> : null}
    </>
  );
}

const Dot = () => <span className="text-faint">{"·"}</span>;

/** The end of a text that still grows: enough to fill two lines of a card. */
const lastLines = (text: string): string => {
  const end = text.trimEnd().slice(-72);
  const cut = text.trimEnd().length > 72 ? end.slice(Math.max(0, end.search(/\s/u) + 1)) : end;
  return cut.replace(/\n+/gu, " ");
};
