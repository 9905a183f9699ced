"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import { type EndedTurn, endedTurn } from "@/runtime/run/ended-turn";
import type { RunView } from "./run-store";

/** What a run remembered of its conversation, and what of it is remembered by the next. */
export function ConversationThread({ run }: { readonly run: RunView }) {
  const t = useTranslations("run.conversation");
  const { conversation } = run.state;
  if (conversation === null) return null;
  const { turn, turns, user } = conversation;
  return (
    <section className="mb-3 flex flex-col gap-2 border-line border-b pb-3" data-testid="conversation-thread">
      <p className="flex flex-wrap gap-x-3 text-muted text-xs">
        <span className="font-medium text-fg">{t("turn", { turn })}</span>
        <span>{t("remembered", { count: turns.length })}</span>
        {user === "" ? null : <span className="min-w-0 truncate">{t("user", { user })}</span>}
      </p>
      <Remembered conversation={conversation} />
      <Kept turn={endedTurn(run.events)} />
    </section>
  );
}

function Remembered({ conversation: { turns, summary } }: { readonly conversation: ConversationSnapshot }) {
  const t = useTranslations("run.conversation");
  const [open, setOpen] = useState(false);
  if (turns.length === 0 && summary === null) return null;
  // The latest is what one looks for; the others unfold.
  const shown = open ? turns : turns.slice(-1);
  const left = turns.length - shown.length + (summary === null || open ? 0 : 1);
  return (
    <div className="flex flex-col gap-2">
      {left > 0 || open ? (
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          className="flex items-center gap-1 self-start rounded-sm text-muted text-xs hover:text-fg"
          data-testid="conversation-earlier"
        >
          <ChevronRight aria-hidden="true" className={open ? "size-3.5 rotate-90" : "size-3.5"} />
          {open ? t("fold") : t("earlier", { count: left })}
        </button>
      ) : null}
      {open && summary !== null ? (
        <div className="rounded-md bg-page px-3 py-2 text-sm">
          <p className="mb-1 text-faint text-xs">{t("summary", { until: summary.until })}</p>
          <p className="whitespace-pre-wrap break-words">{summary.text}</p>
        </div>
      ) : null}
      <ol className="flex flex-col gap-2">
        {shown.map(({ number, question, answer }) => (
          <li key={number} className="flex flex-col gap-1 text-sm">
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
    <p className="text-muted text-xs" data-testid="conversation-kept">
      {turn.said === null ? t("notKept") : t(turn.masksPersonalData ? "keptMasked" : "kept", { turn: turn.number })}
    </p>
  );
}
