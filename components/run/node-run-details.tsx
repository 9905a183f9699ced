"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { StatusGlyph } from "@/components/ui/status-glyph";
import type { RunErrorData } from "@/runtime/run/errors";
import { type NodeState, skipText } from "@/runtime/run/reduce";
import { CacheNote } from "./cache-note";
import { ModelCallLine } from "./model-call-line";
import { ReplyNote } from "./reply-note";
import { RunErrorNote } from "./run-error-note";
import { ThinkingFold } from "./thinking-fold";
import { ToolCallLine } from "./tool-call-line";
import { ValueView } from "./value-view";

const glyphs = {
  running: "running",
  waiting: "paused",
  success: "ok",
  failure: "error",
  skipped: "skipped",
} as const satisfies Record<NodeState["status"], unknown>;

/** What a step's ports are called on its card; a port without a name of its own goes by its key. */
export type PortTitle = (side: "inputs" | "outputs", port: string) => string | undefined;

export interface NodeRunDetailsProps {
  readonly state: NodeState;
  readonly titleOf?: PortTitle;
  /** Buttons beside an error that mend it. */
  readonly mend?: (error: RunErrorData) => ReactNode;
}

/** All that a run recorded of one step: what came in and went out, the model calls, the log, and the error with its mend. */
export function NodeRunDetails({ state, titleOf, mend }: NodeRunDetailsProps) {
  const t = useTranslations("run");
  const took = state.startedAt && state.endedAt ? Date.parse(state.endedAt) - Date.parse(state.startedAt) : null;
  const outputs = state.outputs ?? (Object.keys(state.text).length > 0 ? state.text : null);
  return (
    <div className="flex flex-col gap-4 p-4">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-sm">
        <StatusGlyph status={glyphs[state.status]} word />
        {took === null ? null : <Duration ms={took} />}
        {state.attempt > 1 ? <Badge tone="warn">{t("attempt", { number: state.attempt })}</Badge> : null}
        {state.cached ? <Badge>{t("cached")}</Badge> : null}
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
      </p>
      {state.skipReason ? (
        <p className="text-muted text-sm">{t(`skippedBecause.${skipText(state.skipReason, state.outputs)}`)}</p>
      ) : null}
      {state.error ? (
        <RunErrorNote error={state.error} recovered={state.status === "success"}>
          {mend?.(state.error)}
        </RunErrorNote>
      ) : null}
      {state.lookup ? <CacheNote lookup={state.lookup} /> : null}
      {state.reply ? <ReplyNote outcome={state.reply} /> : null}
      {state.thinking !== "" ? <ThinkingFold thinking={{ text: state.thinking }} streaming /> : null}
      {outputs ? (
        <Values
          title={t("outputs")}
          values={outputs}
          nameOf={(port) => titleOf?.("outputs", port)}
          streaming={state.status === "running"}
        />
      ) : null}
      {state.inputs ? (
        <Values title={t("inputs")} values={state.inputs} nameOf={(port) => titleOf?.("inputs", port)} />
      ) : null}
      {state.calls.length > 0 ? (
        <Group title={t("modelCalls")}>
          <ul className="flex flex-col gap-2">
            {state.calls.map((call) => (
              <ModelCallLine key={call.seq} call={call} />
            ))}
          </ul>
        </Group>
      ) : null}
      {state.toolCalls.length > 0 ? (
        <Group title={t("toolCalls")}>
          <ul className="flex flex-col gap-2" data-testid="tool-calls">
            {state.toolCalls.map((call) => (
              <ToolCallLine key={call.id} call={call} />
            ))}
          </ul>
        </Group>
      ) : null}
      {state.logs.length > 0 ? (
        <Group title={t("log")}>
          <ul className="flex flex-col gap-1 font-mono text-[11px]">
            {state.logs.map(({ seq, level, message }) => (
              <li key={seq} className={level === "warn" ? "break-words text-warn" : "break-words text-muted"}>
                {message}
              </li>
            ))}
          </ul>
        </Group>
      ) : null}
    </div>
  );
}

function Values({
  title,
  values,
  nameOf,
  streaming,
}: {
  readonly title: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly nameOf: (port: string) => string | undefined;
  readonly streaming?: boolean;
}) {
  const t = useTranslations("run");
  const entries = Object.entries(values);
  return (
    <Group title={title}>
      {entries.length === 0 ? <p className="text-faint text-sm">{t("nothing")}</p> : null}
      {entries.map(([name, value]) => (
        <ValueView key={name} name={nameOf(name) ?? name} portName={name} value={value} streaming={streaming} />
      ))}
    </Group>
  );
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-col gap-1.5">
      <h3 className="font-medium text-sm">{title}</h3>
      {children}
    </section>
  );
}
