"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import { type EndedTurn, endedTurn } from "@/runtime/run/ended-turn";
import type { RunView } from "./run-store";

/** What a run remembered of its conversation, folded so that its answer stays in sight, and what of it is remembered by the next. */
export function ConversationThread({ run }: { readonly run: RunView }) {
  const t = useTranslations("run.conversation");
  const [open, setOpen] = useState(false);
  const { conversation } = run.state;
  if (conversation === null) return null;
  const { turn, turns, summary, user } = conversation;
  const remembers = turns.length > 0 || summary !== null;
  return (
    <section
      className="mb-3 flex flex-col gap-2 border-line border-b pb-2 text-muted text-xs"
      data-testid="conversation-thread"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-medium text-fg">{t("turn", { turn })}</span>
        {remembers ? (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex items-center gap-1 rounded-sm hover:text-fg"
            data-testid="conversation-earlier"
          >
            <ChevronRight aria-hidden="true" className={open ? "size-3.5 rotate-90" : "size-3.5"} />
            {t("remembered", { count: turns.length })}
          </button>
        ) : (
          <span>{t("remembered", { count: 0 })}</span>
        )}
        {user === "" ? null : <span className="min-w-0 truncate">{t("user", { user })}</span>}
        <Kept turn={endedTurn(run.events)} />
      </div>
      {open ? <Remembered conversation={conversation} /> : null}
    </section>
  );
}

function Remembered({ conversation: { turns, summary } }: { readonly conversation: ConversationSnapshot }) {
  const t = useTranslations("run.conversation");
  return (
    <div className="flex flex-col gap-2 text-fg text-sm">
      {summary === null ? null : (
        <div className="rounded-md bg-page px-3 py-2">
          <p className="mb-1 text-faint text-xs">{t("summary", { until: summary.until })}</p>
          <p className="whitespace-pre-wrap break-words">{summary.text}</p>
        </div>
      )}
      <ol className="flex flex-col gap-2">
        {turns.map(({ number, question, answer }) => (
          <li key={number} className="flex flex-col gap-1">
            <p className="max-w-[85%] self-end whitespace-pre-wrap break-words rounded-md bg-accent-soft px-3 py-1.5">
              {question}
            </p>
            <p className="max-w-[85%] self-start whitespace-pre-wrap break-words rounded-md bg-page px-3 py-1.5">
              {answer}
            </p>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Said once it has ended: whoever speaks next counts on it. */
function Kept({ turn }: { readonly turn: EndedTurn | null }) {
  const t = useTranslations("run.conversation");
  if (turn === null) return null;
  return (
    <span data-testid="conversation-kept">
      {turn.said === null ? t("notKept") : t(turn.masksPersonalData ? "keptMasked" : "kept", { turn: turn.number })}
    </span>
  );
}
