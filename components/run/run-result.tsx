"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { isLocale } from "@/i18n/locale";
import type { GraphDocument } from "@/runtime/graph/document";
import type { Catalog } from "@/runtime/node/catalog";
import { mayEndEarly } from "@/runtime/run/run-part";
import { type LiveOutput, liveOutputs } from "./live-outputs";
import { ReplyNote } from "./reply-note";
import { RunErrorNote } from "./run-error-note";
import type { RunView } from "./run-store";
import { ThinkingFold } from "./thinking-fold";
import { thoughtsOf } from "./thoughts-of";
import { ValueView } from "./value-view";

export interface RunResultProps {
  readonly run: RunView;
  readonly document: GraphDocument;
  readonly catalog: Catalog;
  /** Buttons beside an error that mend it. */
  readonly mend?: ReactNode;
}

/** What a run gave so far, its text as it streams, or why it gave nothing. */
export function RunResult({ run, document, catalog, mend }: RunResultProps) {
  const t = useTranslations("run");
  const current = useLocale();
  const locale = isLocale(current) ? current : "en";
  const { state } = run;
  const outputs = state.outputs
    ? withDocumentOrder(state.outputs, liveOutputs(document, catalog, state, locale))
    : liveOutputs(document, catalog, state, locale);
  return (
    <div className="flex flex-col gap-4">
      {state.error ? <RunErrorNote error={state.error}>{mend}</RunErrorNote> : null}
      {state.reply ? <ReplyNote outcome={state.reply} /> : null}
      {thoughtsOf(document, catalog, state, locale).map(({ key, title, thinking, streaming }) => (
        <ThinkingFold key={key} title={title} thinking={thinking} streaming={streaming} />
      ))}
      {outputs.map(({ name, title, value, streaming }) => (
        <ValueView key={name} name={title} value={value} streaming={streaming} markdown />
      ))}
      {outputs.length === 0 && !state.error ? (
        <p className="text-muted text-sm">
          {t(
            state.status === "paused"
              ? "waitsForPerson"
              : state.status === "running" || state.status === "pending"
                ? "waitingForOutput"
                : mayEndEarly(state.part)
                  ? "partOnly"
                  : "noOutputs",
          )}
        </p>
      ) : null}
    </div>
  );
}

/** The recorded results, titled and ordered as the document has them; one that it no longer has comes last under its name. */
const withDocumentOrder = (
  outputs: Readonly<Record<string, unknown>>,
  live: readonly LiveOutput[],
): readonly LiveOutput[] => {
  const known = live.filter(({ name }) => Object.hasOwn(outputs, name));
  const names = new Set(known.map(({ name }) => name));
  const others = Object.entries(outputs).filter(([name]) => !names.has(name));
  return [...known, ...others.map(([name, value]) => ({ name, title: name, value, streaming: false }))];
};
