"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { valueText } from "@/components/run/value-text";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { useTRPC } from "@/components/trpc/client";
import { errorFacts } from "@/components/trpc/error-facts";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { FormField } from "@/components/ui/form-field";
import { Kbd } from "@/components/ui/kbd";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toaster";
import { textsOf, valuesOf } from "./form-values";
import type { Task } from "./inbox-task";
import { TaskForm } from "./task-form";

interface TaskAnswerProps {
  readonly task: Task;
  readonly onDecided: () => void;
}

/** What the step lets a person do: edit, choose, fill in, with words of their own; approve or reject by button or key. */
export function TaskAnswer({ task, onDecided }: TaskAnswerProps) {
  const t = useTranslations("inbox");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const isText = typeof task.proposal === "string";
  const [text, setText] = useState(() => valueText(task.proposal));
  const [chosen, setChosen] = useState<string | null>(task.options.find((option) => option === task.proposal) ?? null);
  const [form, setForm] = useState(() => textsOf(task.form, task.proposedForm));
  const [note, setNote] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const opened = useRef(Date.now());
  const held = useRef(false);
  const editor = useRef<HTMLTextAreaElement>(null);
  const reserve = useMutation(trpc.inbox.reserve.mutationOptions());
  const decide = useMutation(
    trpc.inbox.decide.mutationOptions({
      onError: (error) => {
        const { fields } = errorFacts(error).data as { readonly fields?: Readonly<Record<string, string>> };
        const [said] = Object.values(fields ?? {});
        setFault(said ?? null);
        if (said === undefined) onError(error);
        void queries.invalidateQueries({ queryKey: trpc.inbox.pathKey() });
      },
      onSuccess: ({ missing, state }) => {
        toast.success(missing > 0 ? t("moreNeeded", { missing }) : t(`states.${state}`));
        onDecided();
      },
    }),
  );
  const mayAnswer = task.obstacle === null;
  const edits = mayAnswer && task.kind === "edit" && !task.isMasked;
  /** Whoever begins to write keeps it from others. */
  const touch = () => {
    if (held.current || !mayAnswer) return;
    held.current = true;
    reserve.mutate({ id: task.id, reserve: true });
  };
  const say = (action: "approve" | "reject") => {
    if (!mayAnswer || decide.isPending) return;
    setFault(null);
    const given: { value?: unknown; form?: Readonly<Record<string, unknown>> } = {};
    if (action === "approve" && edits) {
      const read = isText ? { ok: true as const, value: text as unknown } : readJson(text);
      if (!read.ok) {
        setFault(t("notJson"));
        return;
      }
      given.value = read.value;
    }
    if (action === "approve" && task.kind === "choose") {
      if (chosen === null) {
        setFault(t("chooseOne"));
        return;
      }
      given.value = chosen;
    }
    if (action === "approve" && task.kind === "form") given.form = valuesOf(task.form, form);
    const seconds = Math.min(86_400, Math.round((Date.now() - opened.current) / 1000));
    decide.mutate({ id: task.id, action, note, seconds, ...(given as object) });
  };
  usePageKeys({
    a: () => say("approve"),
    r: () => say("reject"),
    e: () => editor.current?.focus(),
    ...Object.fromEntries(
      (mayAnswer && task.kind === "choose" ? task.options.slice(0, 9) : []).map((option, index) => [
        String(index + 1),
        () => setChosen(option),
      ]),
    ),
  });
  if (task.state !== "open") return <p className="mt-5 text-muted text-sm">{t(`closedAs.${task.state}`)}</p>;
  return (
    <form
      className="mt-5 flex flex-col gap-5 [&>:not([data-bar])]:max-w-3xl"
      onSubmit={(event) => {
        event.preventDefault();
        say("approve");
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          say("approve");
        } else if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
      }}
    >
      {edits ? (
        <FormField label={t("value")} aside={<Kbd>{"E"}</Kbd>}>
          {(control) => (
            <Textarea
              {...control}
              ref={editor}
              value={text}
              data-testid="inbox-edit"
              className={cn("max-h-[50vh] min-h-32", !isText && "font-mono text-xs")}
              onChange={(event) => {
                touch();
                setText(event.target.value);
              }}
            />
          )}
        </FormField>
      ) : null}
      {task.kind === "choose" ? (
        <fieldset className="flex flex-col gap-1.5" disabled={!mayAnswer}>
          <legend className="mb-1 text-muted text-xs">{t("options")}</legend>
          {task.options.map((option, index) => (
            <label
              key={option}
              className={cn(
                "flex cursor-pointer items-start gap-2.5 rounded-md border border-line px-3 py-2 hover:bg-hover has-focus-visible:ring-2 has-focus-visible:ring-accent",
                chosen === option && "border-accent bg-accent-soft",
              )}
            >
              <input
                type="radio"
                name="option"
                checked={chosen === option}
                onChange={() => setChosen(option)}
                className="mt-1 accent-(--accent)"
              />
              <span className="min-w-0 flex-1 whitespace-pre-wrap break-words">{option}</span>
              {index < 9 ? <Kbd>{String(index + 1)}</Kbd> : null}
            </label>
          ))}
        </fieldset>
      ) : null}
      {task.kind === "form" ? (
        <TaskForm
          schema={task.form}
          texts={form}
          disabled={!mayAnswer}
          onTexts={(next) => {
            touch();
            setForm(next);
          }}
        />
      ) : null}
      {mayAnswer ? (
        <FormField label={t("note")}>
          {(control) => (
            <Textarea
              {...control}
              value={note}
              maxLength={4000}
              className="min-h-9"
              onChange={(event) => {
                touch();
                setNote(event.target.value);
              }}
            />
          )}
        </FormField>
      ) : (
        <p className="text-muted text-sm">{t(`obstacle.${task.obstacle ?? "closed"}`)}</p>
      )}
      {fault === null ? null : (
        <p role="alert" className="text-error text-sm">
          {fault}
        </p>
      )}
      {mayAnswer ? (
        <div
          data-bar
          className="sticky -bottom-4 -mx-6 flex items-center gap-2 border-line border-t bg-surface px-6 py-3"
        >
          <Button type="submit" variant="primary" size="lg" busy={decide.isPending} data-testid="inbox-approve">
            <Check />
            {t(task.kind === "form" ? "submit" : task.kind === "tool-call" ? "allow" : "approve")}
            <Kbd>{"A"}</Kbd>
          </Button>
          <Button size="lg" busy={decide.isPending} onClick={() => say("reject")} data-testid="inbox-reject">
            <X />
            {t(task.kind === "tool-call" ? "refuse" : "reject")}
            <Kbd>{"R"}</Kbd>
          </Button>
          <span className="flex-1" />
          <span className="text-faint text-xs max-lg:hidden">{t("keys")}</span>
        </div>
      ) : null}
    </form>
  );
}

const readJson = (text: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false } => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false };
  }
};
