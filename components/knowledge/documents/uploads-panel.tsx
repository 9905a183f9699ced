"use client";

import { RotateCw, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useStore } from "zustand";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { FileSize } from "./file-size";
import type { Upload, UploadProblem, UploadQueue } from "./upload-queue";

/** Lines that are drawn; what is behind them is told as a number. */
const mostShown = 60;

/** Files on their way in, and those that did not make it. Nothing is shown while there are none. */
export function UploadsPanel({ uploads: queue }: { readonly uploads: UploadQueue }) {
  const t = useTranslations("knowledge.uploads");
  const uploads = useStore(queue.store, (state) => state.uploads);
  const added = useStore(queue.store, (state) => state.added);
  if (uploads.length === 0) return null;
  const open = uploads.filter(({ state }) => state !== "failed" && state !== "duplicate");
  const bytes = uploads.reduce((sum, { size }) => sum + size, 0);
  // What ended badly is what one must see.
  const sorted = [...uploads].sort((left, right) => order[left.state] - order[right.state] || left.id - right.id);
  return (
    <section
      aria-label={t("title")}
      className="absolute right-4 bottom-4 z-30 flex max-h-[min(50%,360px)] w-96 flex-col overflow-hidden rounded-lg bg-raised shadow-pop"
    >
      <header className="flex h-9 shrink-0 items-center gap-2 border-line border-b px-3">
        <span className="flex-1 font-medium">
          {open.length > 0
            ? t("sending", { done: added, all: added + uploads.length })
            : t("over", { count: uploads.length })}
        </span>
        {open.length > 0 ? (
          <span className="text-faint text-xs">
            <FileSize bytes={bytes} />
          </span>
        ) : null}
        <Button size="sm" variant="ghost" onClick={queue.clear}>
          {t(open.length > 0 ? "cancelAll" : "dismiss")}
        </Button>
      </header>
      <ul className="min-h-0 flex-1 overflow-y-auto py-1">
        {sorted.slice(0, mostShown).map((upload) => (
          <UploadLine key={upload.id} upload={upload} queue={queue} />
        ))}
        {sorted.length > mostShown ? (
          <li className="px-3 py-1 text-faint text-xs">{t("more", { count: sorted.length - mostShown })}</li>
        ) : null}
      </ul>
    </section>
  );
}

const order = { failed: 0, duplicate: 1, sending: 2, adding: 3, waiting: 4 } as const;
const glyphs = {
  failed: "error",
  duplicate: "skipped",
  sending: "running",
  adding: "running",
  waiting: "waiting",
} as const;

function UploadLine({ upload, queue }: { readonly upload: Upload; readonly queue: UploadQueue }) {
  const t = useTranslations("knowledge.uploads");
  const say = useProblemText();
  const { id, name, size, state, sent, problem } = upload;
  const hopeless = problem?.code === "unsupported-type" || problem?.code === "file-empty";
  return (
    <li className="flex min-h-8 items-center gap-2 px-3 py-0.5">
      <StatusGlyph status={glyphs[state]} label={t(`state.${state}`)} />
      <div className="min-w-0 flex-1">
        <p className="truncate" title={name}>
          {name}
        </p>
        {state === "duplicate" ? <p className="text-muted text-xs">{t("duplicate")}</p> : null}
        {problem ? <p className="break-words text-error text-xs">{say(problem)}</p> : null}
      </div>
      {state === "sending" || state === "adding" ? (
        <ProgressBar label={name} value={state === "adding" ? null : sent} most={size} className="w-20" />
      ) : null}
      {problem && !hopeless ? (
        <IconButton size="sm" label={t("again", { name })} onClick={() => queue.retry(id)}>
          <RotateCw />
        </IconButton>
      ) : null}
      {state === "adding" ? null : (
        <IconButton
          size="sm"
          label={t(state === "failed" || state === "duplicate" ? "dismissOne" : "cancelOne", { name })}
          onClick={() => queue.remove(id)}
        >
          <X />
        </IconButton>
      )}
    </li>
  );
}

/** In the reader's language where it is known what went wrong; otherwise as the app said it. */
const useProblemText = () => {
  const t = useTranslations("knowledge.uploads");
  return ({ code, message }: UploadProblem): string =>
    t.has(`problem.${code}`) ? t(`problem.${code}`) : message || t("problem.refused");
};
