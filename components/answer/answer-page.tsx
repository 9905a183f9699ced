"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Task } from "@/components/inbox/inbox-task";
import { valueText } from "@/components/run/value-text";
import { ValueView } from "@/components/run/value-view";
import { Button } from "@/components/ui/button";
import { FormField } from "@/components/ui/form-field";
import { Mark } from "@/components/ui/mark";
import { Textarea } from "@/components/ui/textarea";

interface AnswerPageProps {
  readonly token: string;
  readonly task: Task;
  readonly isUsed: boolean;
}

type Said = { readonly kind: "asking" | "sending" | "done" } | { readonly kind: "refused"; readonly message: string };

/** The one question that a mailed link leads to, for somebody who is not signed in. */
export function AnswerPage({ token, task, isUsed }: AnswerPageProps) {
  const t = useTranslations("inbox");
  const [text, setText] = useState(() => valueText(task.proposal));
  const [chosen, setChosen] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [said, setSaid] = useState<Said>({ kind: "asking" });
  const edits = task.kind === "edit" && !task.isMasked && typeof task.proposal === "string";
  const isOpen = task.obstacle === null && !isUsed;
  const send = async (action: "approve" | "reject") => {
    setSaid({ kind: "sending" });
    const value =
      action === "reject" ? undefined : edits ? text : task.kind === "choose" ? (chosen ?? undefined) : undefined;
    try {
      const response = await fetch(`/api/answers/${token}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ action, note, ...(value === undefined ? {} : { value }) }),
      });
      const answer = await response.json();
      setSaid(response.ok ? { kind: "done" } : { kind: "refused", message: String(answer.error?.message ?? "") });
    } catch {
      setSaid({ kind: "refused", message: t("notSent") });
    }
  };
  return (
    <main className="mx-auto flex min-h-dvh max-w-2xl flex-col gap-5 px-6 py-10">
      <header className="flex items-center gap-2.5">
        <Mark className="size-5 shrink-0" />
        <h1 className="min-w-0 truncate font-medium text-base">{task.title || t(`kind.${task.kind}`)}</h1>
        <span className="ml-auto shrink-0 text-muted text-sm">{task.pipeline.name}</span>
      </header>
      {task.instructions === "" ? null : <p className="whitespace-pre-wrap text-muted">{task.instructions}</p>}
      {task.isMasked ? <p className="rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">{t("masked")}</p> : null}
      {task.shown.map(({ name, value }) => (
        <ValueView key={name} name={name} value={value} markdown />
      ))}
      {edits && isOpen ? (
        <FormField label={t("value")}>
          {(control) => (
            <Textarea
              {...control}
              value={text}
              className="max-h-[50vh] min-h-32"
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </FormField>
      ) : task.kind === "choose" ? null : (
        <ValueView name={t("value")} value={task.proposal} markdown />
      )}
      {task.kind === "choose" && isOpen ? (
        <fieldset className="flex flex-col gap-1.5">
          <legend className="mb-1 text-muted text-xs">{t("options")}</legend>
          {task.options.map((option) => (
            <label key={option} className="flex items-start gap-2.5 rounded-md border border-line px-3 py-2">
              <input type="radio" name="option" className="mt-1 accent-(--accent)" onChange={() => setChosen(option)} />
              <span className="min-w-0 flex-1 whitespace-pre-wrap break-words">{option}</span>
            </label>
          ))}
        </fieldset>
      ) : null}
      {said.kind === "done" ? (
        <p role="status" className="text-ok">
          {t("thanks")}
        </p>
      ) : !isOpen ? (
        <p className="text-muted">{isUsed ? t("linkUsed") : t(`obstacle.${task.obstacle ?? "closed"}`)}</p>
      ) : task.kind === "form" ? (
        <Button asChild variant="primary" size="lg" className="self-start">
          <a href={`/inbox?task=${task.id}`}>{t("fillIn")}</a>
        </Button>
      ) : (
        <>
          <FormField label={t("note")}>
            {(control) => (
              <Textarea
                {...control}
                value={note}
                maxLength={4000}
                className="min-h-9"
                onChange={(event) => setNote(event.target.value)}
              />
            )}
          </FormField>
          {said.kind === "refused" ? (
            <p role="alert" className="text-error">
              {said.message}
            </p>
          ) : null}
          <div className="flex gap-2">
            <Button
              variant="primary"
              size="lg"
              busy={said.kind === "sending"}
              disabled={task.kind === "choose" && chosen === null}
              onClick={() => void send("approve")}
            >
              {t(task.kind === "tool-call" ? "allow" : "approve")}
            </Button>
            <Button size="lg" busy={said.kind === "sending"} onClick={() => void send("reject")}>
              {t(task.kind === "tool-call" ? "refuse" : "reject")}
            </Button>
          </div>
        </>
      )}
    </main>
  );
}
