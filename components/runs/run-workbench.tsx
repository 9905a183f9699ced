"use client";

import { useLocale, useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useRef, useState } from "react";
import { NodeRunDetails, type PortTitle } from "@/components/run/node-run-details";
import { RunCanvas } from "@/components/run/run-canvas";
import { pathTitle, stepLooks, TraceWaterfall } from "@/components/trace/trace-waterfall";
import { Button } from "@/components/ui/button";
import { ResizableGroup, ResizableHandle, ResizablePanel } from "@/components/ui/resizable";
import { useSettled } from "@/components/ui/use-settled";
import { isLocale } from "@/i18n/locale";
import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";
import { nodeOfPath } from "@/runtime/graph/node-of-path";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState, reduceAll } from "@/runtime/run/reduce";
import { ForkButton } from "./fork-button";
import { ReplayBar } from "./replay-bar";
import { replayClock, runTimeAt, shownAt } from "./replay-clock";
import { RunOverview } from "./run-overview";

interface RunWorkbenchProps {
  readonly document: GraphDocument;
  readonly events: readonly RunEvent[];
  readonly running: boolean;
}

/** The graph painted with the run, its steps in time, and what the run or one step took in and gave back. */
export function RunWorkbench({ document, events, running }: RunWorkbenchProps) {
  const t = useTranslations("runs");
  const current = useLocale();
  const locale = isLocale(current) ? current : "en";
  const [selected, setSelected] = useState<string | null>(null);
  const clock = useMemo(() => (running ? null : replayClock(events)), [running, events]);
  /** Where the replay is, milliseconds; null is the whole run, and follows one under way. */
  const [place, setPlace] = useState<number | null>(null);
  const isReplayed = clock !== null && place !== null && place < clock.length;
  const seen = useDeferredValue(isReplayed ? shownAt(clock, place) : null);
  const visible = useMemo(() => (seen === null ? events : events.slice(0, seen)), [events, seen]);
  const state = useMemo(() => reduceAll(initialRunState, visible), [visible]);
  const told = useMemo(
    () => visible.filter((event) => event.type !== "node-delta" && event.type !== "node-thinking"),
    [visible],
  );
  const canvasPlace = useRef<HTMLElement>(null);
  const placed = useSettled(canvasPlace);
  const lookOf = useMemo(() => stepLooks(document, catalog, locale), [document, locale]);
  const step = selected === null ? undefined : state.nodes.get(selected);
  const node = selected === null ? undefined : nodeOfPath(document, selected.split("/"));
  const ports = node && resolveNode(node, catalog).ports;
  const titleOf: PortTitle = (side, port) =>
    ports && Object.hasOwn(ports[side], port) ? ports[side][port]?.label?.[locale] : undefined;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ResizableGroup orientation="horizontal" className="min-h-0 flex-1">
        <ResizablePanel minSize={420} defaultSize="68">
          <ResizableGroup orientation="vertical">
            <ResizablePanel minSize={120} defaultSize="56">
              <section ref={canvasPlace} aria-label={t("graph")} className="h-full">
                {placed ? (
                  <RunCanvas document={document} events={visible} selected={selected} onSelect={setSelected} />
                ) : null}
              </section>
            </ResizablePanel>
            <ResizableHandle />
            <ResizablePanel minSize={96} defaultSize="44">
              <section aria-label={t("trace")} className="h-full overflow-auto">
                <TraceWaterfall
                  events={told}
                  lookOf={lookOf}
                  selected={selected}
                  onSelect={setSelected}
                  {...(isReplayed && { clock: { now: runTimeAt(clock, place), span: clock.run.at(-1) ?? 0 } })}
                />
              </section>
            </ResizablePanel>
          </ResizableGroup>
        </ResizablePanel>
        <ResizableHandle />
        <ResizablePanel minSize={280} defaultSize="32" maxSize="60">
          <aside aria-label={t("details")} className="flex h-full flex-col overflow-y-auto">
            {selected === null ? (
              <RunOverview
                run={{ runId: state.runId, state, events: told }}
                document={document}
                lookOf={lookOf}
                onStep={setSelected}
              />
            ) : (
              <>
                <header className="sticky top-0 z-10 flex h-10 shrink-0 items-center justify-between gap-2 border-line border-b bg-surface px-4">
                  <h2 className="truncate font-medium">{pathTitle(selected.split("/"), lookOf)}</h2>
                  <ForkButton runId={state.runId} path={selected} running={running} />
                  <Button size="sm" variant="ghost" onClick={() => setSelected(null)}>
                    {t("wholeRun")}
                  </Button>
                </header>
                {step ? (
                  <NodeRunDetails state={step} titleOf={titleOf} />
                ) : (
                  <p className="p-4 text-muted">{t("notReached")}</p>
                )}
              </>
            )}
          </aside>
        </ResizablePanel>
      </ResizableGroup>
      {clock === null || events.length < 2 ? null : (
        <ReplayBar
          events={events}
          clock={clock}
          place={Math.min(place ?? clock.length, clock.length)}
          onPlace={setPlace}
          lookOf={lookOf}
        />
      )}
    </div>
  );
}
