"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight, Wrench } from "lucide-react";
import { useTranslations } from "next-intl";
import { type CSSProperties, useEffect, useMemo, useRef, useState } from "react";
import { CacheWord } from "@/components/run/cache-note";
import { cn } from "@/components/ui/cn";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { formatCount } from "@/components/ui/format";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { allNodes } from "@/runtime/graph/body-at";
import type { GraphDocument } from "@/runtime/graph/document";
import type { Catalog } from "@/runtime/node/catalog";
import { categoryInfo, categoryOf } from "@/runtime/node/category";
import type { Locale } from "@/runtime/node/localized";
import type { RunEvent } from "@/runtime/run/events";
import { frameSegment } from "@/runtime/run/frame-path";
import { axisTicks } from "./time-axis";
import { type Trace, type TraceCall, type TraceRow, type TraceTool, traceRows } from "./trace-rows";
import { useLiveDuration } from "./use-live-duration";
import { keysAround, type VisibleRow, visibleRows } from "./visible-rows";

/** What the waterfall needs to know of a step to name and colour it. */
export interface StepLook {
  readonly title: string;
  readonly hue: string;
}

/** Titles and hues of a document's nodes. */
export const stepLooks = (document: GraphDocument, catalog: Catalog, locale: Locale): ((node: string) => StepLook) => {
  const looks = new Map(
    // Where an id stands in several bodies, the outermost counts.
    [...allNodes(document)].reverse().map((node): [string, StepLook] => {
      const category = categoryOf(node.type);
      return [
        node.id,
        {
          title: node.label ?? catalog.get(node.type)?.title[locale] ?? node.type,
          hue: category ? `var(${categoryInfo[category].hue})` : "var(--skipped)",
        },
      ];
    }),
  );
  return (id) => looks.get(id) ?? { title: id, hue: "var(--skipped)" };
};

export interface TraceWaterfallProps {
  /** In order; token deltas may be left out. */
  readonly events: readonly RunEvent[];
  readonly lookOf: (node: string) => StepLook;
  /** Key of the chosen row: its path joined by `/`. */
  readonly selected?: string | null;
  readonly onSelect?: (key: string) => void;
  /** In a replay: what the run's clock says, and how long the whole run took, milliseconds. The axis is the whole run's, and nothing goes on by itself. */
  readonly clock?: { readonly now: number; readonly span: number };
  readonly className?: string;
}

const statuses = {
  running: "running",
  retrying: "running",
  waiting: "paused",
  success: "ok",
  failure: "error",
  skipped: "skipped",
} as const satisfies Record<TraceRow["status"], unknown>;

/** One bar a step on the run's clock; attempts side by side, model calls below with the moment of their first token. */
export function TraceWaterfall({ events, lookOf, selected, onSelect, clock, className }: TraceWaterfallProps) {
  const t = useTranslations("trace");
  const trace = useMemo(() => traceRows(events), [events]);
  const isLive = clock === undefined && trace.status === "running" && trace.startedAt !== null;
  const live = useLiveDuration(trace.duration, isLive);
  const duration = clock?.now ?? live;
  const span = Math.max(clock?.span ?? duration, 1);
  const list = useRef<HTMLDivElement>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  // What is chosen elsewhere is shown here too.
  useEffect(() => {
    if (!selected) return;
    const around = keysAround(selected.split("/"));
    setUnfolded((known) => (around.every((key) => known.has(key)) ? known : new Set([...known, ...around])));
  }, [selected]);
  const rows = useMemo(() => visibleRows(trace.rows, unfolded), [trace.rows, unfolded]);
  const heightOf = (index: number) => {
    const { calls = [], tools = [] } = rows[index]?.row ?? {};
    return rowHeight + callHeight * (calls.length + tools.length);
  };
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollerOf(list.current),
    estimateSize: heightOf,
    overscan: 20,
    scrollMargin: axisHeight,
    getItemKey: (index) => rows[index]?.row.key ?? index,
    enabled: rows.length > mostDrawn,
  });
  const chosen = rows.findIndex(({ row }) => row.key === selected);
  const windowed = rows.length > mostDrawn;
  useEffect(() => {
    if (windowed && chosen >= 0) virtual.scrollToIndex(chosen, { align: "auto" });
  }, [windowed, chosen, virtual]);

  if (trace.rows.length === 0) return <p className="p-4 text-muted text-sm">{t("empty")}</p>;
  const toggle = (key: string) =>
    setUnfolded((known) => new Set(known.has(key) ? [...known].filter((each) => each !== key) : [...known, key]));
  const move = (from: number, by: number) => {
    const next = rows[from + by];
    if (!next) return;
    onSelect?.(next.row.key);
    list.current?.querySelector<HTMLElement>(`[data-row="${from + by}"]`)?.focus();
  };
  const draw = (index: number) => {
    const visible = rows[index] as VisibleRow;
    const { row, depth, holds, open } = visible;
    return (
      <>
        <div
          data-row={index}
          role="option"
          aria-selected={selected === row.key}
          tabIndex={selected === row.key || (chosen < 0 && index === 0) ? 0 : -1}
          className={cn(
            "grid h-7 w-full cursor-default grid-cols-(--columns) items-center gap-3 px-3 hover:bg-hover",
            selected === row.key && "bg-active hover:bg-active",
          )}
          onClick={() => onSelect?.(row.key)}
          onDoubleClick={() => holds && toggle(row.key)}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") move(index, 1);
            else if (event.key === "ArrowUp") move(index, -1);
            else if (holds && event.key === (open ? "ArrowLeft" : "ArrowRight")) toggle(row.key);
            else if (event.key === "Enter" || event.key === " ") onSelect?.(row.key);
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <span className="flex min-w-0 items-center gap-1.5" style={{ paddingLeft: Math.min(depth, 8) * 12 }}>
            {holds ? (
              <button
                type="button"
                tabIndex={-1}
                aria-label={t(open ? "fold" : "unfold")}
                aria-expanded={open}
                className="-ml-1 grid size-4 shrink-0 place-items-center rounded-sm text-faint hover:bg-active hover:text-fg"
                onClick={(event) => {
                  event.stopPropagation();
                  toggle(row.key);
                }}
              >
                <ChevronRight className={cn("size-3", open && "rotate-90")} />
              </button>
            ) : null}
            <StatusGlyph
              status={row.reply && row.status === "success" ? "warn" : statuses[row.status]}
              {...(row.skipped ? { label: t(`skipped.${row.skipped}`) } : {})}
            />
            <span className="truncate" title={pathTitle(row.path, lookOf)}>
              {rowTitle(row, lookOf)}
            </span>
            <VariantMark label={depth === 0 ? trace.variants.get(row.path.at(-1) ?? "") : undefined} />
          </span>
          <Bar row={row} span={span} now={duration} hue={lookOf(nodeOf(row)).hue} />
          <span className="tabular flex justify-end gap-2 text-muted">
            {row.modelCalls > 0 ? (
              <>
                <Tokens input={row.inputTokens} output={row.outputTokens} uncounted={row.uncountedCalls} />
                <Money microUsd={row.costMicroUsd} atLeast={row.knownCostMicroUsd} />
              </>
            ) : null}
            {row.lookup?.outcome === "hit" ? <CacheWord lookup={row.lookup} /> : null}
            {row.status === "skipped" ? null : <Duration ms={(row.end ?? duration) - row.start} />}
          </span>
        </div>
        {row.tools.map((tool, order) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls only ever join at the end
          <ToolRow key={order} tool={tool} span={span} />
        ))}
        {row.calls.map((call, order) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: calls are appended only.
          <CallRow key={order} call={call} span={span} />
        ))}
      </>
    );
  };
  return (
    <div
      ref={list}
      role="listbox"
      aria-label={t("title")}
      className={cn("min-w-[440px] text-xs", className)}
      style={columnsFor(rows, trace, lookOf)}
    >
      <Axis span={span} {...(clock && { now: clock.now })} />
      {windowed ? (
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, key, start }) => (
            <div key={key} className="absolute inset-x-0" style={{ top: start - axisHeight }}>
              {draw(index)}
            </div>
          ))}
        </div>
      ) : (
        rows.map(({ row }, index) => <div key={row.key}>{draw(index)}</div>)
      )}
    </div>
  );
}

const axisHeight = 24;
const rowHeight = 28;
const callHeight = 24;
/** Rows beyond this many are drawn only where they are in sight. */
const mostDrawn = 300;

const scrollerOf = (element: HTMLElement | null): HTMLElement | null => {
  for (let parent = element?.parentElement ?? null; parent !== null; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return null;
};

/** The variant that ran here in place of the step's own settings. */
function VariantMark({ label }: { readonly label: string | undefined }) {
  const t = useTranslations("trace");
  if (label === undefined) return null;
  return (
    <span
      className="max-w-28 shrink truncate rounded-sm bg-accent-soft px-1 text-accent-text"
      title={t("variant", { label })}
    >
      <span className="sr-only">{t("variant", { label })}</span>
      <span aria-hidden="true">{label}</span>
    </span>
  );
}

/** Id of the step that a row is of, or whose frame it is. */
const nodeOf = ({ path }: TraceRow): string => (path.at(-1) ?? "").split("#", 1)[0] ?? "";

/** A step by its name, a frame by its place, from 1. */
const rowTitle = ({ path }: TraceRow, lookOf: TraceWaterfallProps["lookOf"]): string =>
  segmentTitle(path.at(-1) ?? "", lookOf);

const segmentTitle = (segment: string, lookOf: TraceWaterfallProps["lookOf"]): string => {
  const frame = frameSegment(segment);
  return frame === null ? lookOf(segment).title : `${lookOf(frame.container).title} ${frame.index + 1}`;
};

/** All of a path, in names. */
export const pathTitle = (path: readonly string[], lookOf: TraceWaterfallProps["lookOf"]): string =>
  path.map((segment) => segmentTitle(segment, lookOf)).join(" / ");

/** Names that the room for them is reckoned by. */
const mostReckoned = 500;

/** The names get the room that the longest of them asks for, up to a good third; bars take what is left. */
const columnsFor = (
  visible: readonly VisibleRow[],
  { variants }: Trace,
  lookOf: TraceWaterfallProps["lookOf"],
): CSSProperties => {
  const reckoned = visible.slice(0, mostReckoned);
  const longest = Math.max(
    0,
    ...reckoned.flatMap(({ row, depth }) => [
      depth * 12 + widthOf([rowTitle(row, lookOf), variants.get(row.path.at(-1) ?? "") ?? ""].join(" ").trim()),
      ...row.calls.map(({ model }) => widthOf(model)),
    ]),
  );
  const figures = figuresWidth(reckoned.map(({ row }) => row));
  const fold = visible.some(({ holds }) => holds) ? 18 : 0;
  return { "--columns": `clamp(104px, ${longest + 26 + fold}px, 36%) 1fr ${figures}px` } as CSSProperties;
};

/** Room for the figures of a row; calls that thought, or whose reply is not whole, say more. */
const figuresWidth = (rows: readonly TraceRow[]): number => {
  const calls = rows.flatMap((row) => row.calls);
  return (
    184 +
    (calls.some(({ thinking }) => thinking !== null) ? 76 : 0) +
    (calls.some(({ reply }) => reply) ? 64 : 0) +
    (rows.some(({ lookup }) => lookup?.outcome === "hit") ? 96 : 0)
  );
};

/** About how many pixels a text takes at 12 px: letters of the Latin scripts half as much as Chinese ones. */
const widthOf = (text: string): number => [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 12 : 6.6), 0);

const percent = (part: number, span: number): string => `${Math.max(0, Math.min(100, (part / span) * 100))}%`;

function Axis({ span, now }: { readonly span: number; readonly now?: number }) {
  return (
    <div className="sticky top-0 z-10 grid h-6 grid-cols-(--columns) items-center gap-3 border-line border-b bg-surface px-3 text-faint">
      <span />
      <span className="relative h-full">
        {axisTicks(span, 3).map((tick) => (
          <span
            key={tick}
            className="absolute top-0 flex h-full items-center border-line border-l pl-1"
            style={{ left: percent(tick, span) }}
          >
            {tick / span > 0.9 ? null : tick === 0 ? "0" : <Duration ms={tick} />}
          </span>
        ))}
        {now === undefined ? null : (
          <span
            aria-hidden="true"
            className="absolute top-0 h-full w-0.5 bg-accent"
            style={{ left: percent(now, span) }}
          />
        )}
      </span>
      <span />
    </div>
  );
}

interface BarProps {
  readonly row: TraceRow;
  readonly span: number;
  /** Where what has not ended yet is. */
  readonly now: number;
  readonly hue: string;
}

function Bar({ row, span, now, hue }: BarProps) {
  if (row.status === "skipped") return <span className="h-2 border-line-strong border-b border-dashed" />;
  return (
    <span className="relative h-2.5">
      {row.attempts.map(({ number, start, end, error }) => (
        <span
          key={number}
          className={cn("absolute h-full min-w-[3px] rounded-[3px]", end === null && "animate-pulse-soft")}
          style={{
            left: percent(start, span),
            width: percent((end ?? now) - start, span),
            background: error ? "var(--error)" : hue,
          }}
        />
      ))}
    </span>
  );
}

function ToolRow({ tool, span }: { readonly tool: TraceTool; readonly span: number }) {
  const t = useTranslations("run.tool");
  const failed = tool.outcome !== "success";
  return (
    <div className="grid h-6 grid-cols-(--columns) items-center gap-3 px-3 text-muted">
      <span className="flex min-w-0 items-center gap-1.5 pl-5" title={tool.name}>
        <Wrench aria-hidden="true" className="size-3 shrink-0" />
        <span className="truncate">{tool.name}</span>
      </span>
      <span className="relative h-1.5">
        <span
          className={cn("absolute h-full min-w-[2px] rounded-full", failed ? "bg-error" : "bg-ok")}
          style={{ left: percent(tool.start, span), width: percent(tool.end - tool.start, span) }}
        />
      </span>
      <span className="tabular flex justify-end gap-2 whitespace-nowrap text-faint">
        {failed ? <span className="text-error">{t(`outcome.${tool.outcome}`)}</span> : null}
        <Duration ms={tool.end - tool.start} />
      </span>
    </div>
  );
}

function CallRow({ call, span }: { readonly call: TraceCall; readonly span: number }) {
  const t = useTranslations("trace");
  const run = useTranslations("run");
  return (
    <div className="grid h-6 grid-cols-(--columns) items-center gap-3 px-3 text-muted">
      <span className="truncate pl-5" title={`${call.endpoint}/${call.model}`}>
        {call.model}
      </span>
      <span className="relative h-1.5" title={call.firstToken === null ? undefined : t("firstToken")}>
        <span
          className={cn("absolute h-full min-w-[2px] rounded-full", call.error ? "bg-error" : "bg-line-strong")}
          style={{ left: percent(call.start, span), width: percent(call.end - call.start, span) }}
        />
        {call.firstToken === null ? null : (
          <>
            <span
              className="absolute h-full rounded-full bg-running"
              style={{ left: percent(call.firstToken, span), width: percent(call.end - call.firstToken, span) }}
            />
            <span
              className="absolute -top-0.5 h-2.5 w-0.5 rounded-full bg-running"
              style={{ left: percent(call.firstToken, span) }}
            />
          </>
        )}
      </span>
      <span className="tabular flex justify-end gap-2 whitespace-nowrap text-faint">
        {call.reply ? <span className="text-warn">{run(`reply.${call.reply}`)}</span> : null}
        {call.thinking ? (
          <span title={run("thinking")}>
            {t(call.thinking.estimated ? "thoughtAbout" : "thought", { count: formatCount(call.thinking.tokens) })}
          </span>
        ) : null}
        {call.cached ? <span>{t("cached")}</span> : null}
        {call.operation === "chat" ? null : <span>{t(`operation.${call.operation}`)}</span>}
        {call.firstToken === null ? null : (
          <span title={t("firstToken")}>
            {t("first")} <Duration ms={call.firstToken - call.start} />
          </span>
        )}
        {call.outputTokens !== null && call.firstToken !== null && call.end > call.firstToken ? (
          <span>{t("speed", { rate: Math.round(call.outputTokens / ((call.end - call.firstToken) / 1000)) })}</span>
        ) : null}
      </span>
    </div>
  );
}
