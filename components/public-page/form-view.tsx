"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { InputsForm } from "@/components/run/inputs-form";
import { initialValues, readInputs } from "@/components/run/run-inputs";
import { Button } from "@/components/ui/button";
import { isFileKind } from "@/runtime/node/define-node";
import { AnswerValue } from "./answer-value";
import { askPage, type Refused, type VisitView } from "./page-client";
import { type BroughtFile, PageFile } from "./page-file";
import { useRefusalText } from "./use-refusal-text";

interface Answered {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly isOver: boolean;
  readonly note: string | null;
}

/** The inputs of a pipeline as a form, and below it what came out. */
export function FormView({
  slug,
  visit,
  onOver,
}: {
  readonly slug: string;
  readonly visit: VisitView;
  readonly onOver: () => void;
}) {
  const t = useTranslations("public-page");
  const say = useRefusalText();
  const typed = visit.fields.filter(({ kind }) => !isFileKind(kind));
  const brought = visit.fields.filter(({ kind }) => isFileKind(kind));
  const [values, setValues] = useState(() => initialValues(typed, {}));
  const [files, setFiles] = useState<Readonly<Record<string, BroughtFile | null>>>({});
  const [isTried, setTried] = useState(false);
  const [answer, setAnswer] = useState<Answered | null>(null);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);
  const read = readInputs(typed, values);
  const missing = brought.filter(({ name, required }) => required && !files[name]).map(({ name }) => name);
  const isBusy = answer !== null && !answer.isOver;
  const refuse = (refused: Refused) => {
    if (refused.code === "visit-over") return onOver();
    setAnswer({ outputs: {}, isOver: true, note: say(refused) });
  };
  const send = async () => {
    setTried(true);
    if (isBusy || Object.keys(read.faults).length > 0 || missing.length > 0) return;
    const own = new AbortController();
    controller.current = own;
    const given = Object.entries(files).filter(([, file]) => file !== null);
    const inputs = { ...read.inputs, ...Object.fromEntries(given) };
    setAnswer({ outputs: {}, isOver: false, note: null });
    const add = (output: string, delta: string | null) =>
      setAnswer((now) =>
        now === null || now.isOver
          ? now
          : {
              ...now,
              outputs: { ...now.outputs, [output]: delta === null ? "" : `${now.outputs[output] ?? ""}${delta}` },
            },
      );
    const refused = await askPage(
      slug,
      visit.token,
      { inputs },
      {
        signal: own.signal,
        hear: (said) => {
          if (said.event === "delta") add(said.output, said.delta);
          else if (said.event === "reset") add(said.output, null);
          else if (said.event === "paused") setAnswer({ outputs: {}, isOver: true, note: t("paused") });
          else if (said.event === "end")
            setAnswer(
              said.status === "failure"
                ? { outputs: {}, isOver: true, note: t(`why.${said.why as "failed"}`) }
                : { outputs: said.outputs, isOver: true, note: said.status === "empty" ? t("empty") : null },
            );
        },
      },
    );
    if (refused !== null) refuse(refused);
    else setAnswer((now) => (now === null || now.isOver ? now : { ...now, isOver: true, note: t("stopped") }));
  };
  return (
    <div className="flex flex-col gap-5 overflow-y-auto p-5">
      <InputsForm
        fields={typed}
        values={values}
        faults={isTried ? read.faults : {}}
        onChange={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
        onSubmit={() => void send()}
      />
      {brought.map((field) => (
        <PageFile
          key={field.name}
          slug={slug}
          token={visit.token}
          field={field}
          error={isTried && missing.includes(field.name) ? t("fileMissing") : undefined}
          onChange={(file) => setFiles((now) => ({ ...now, [field.name]: file }))}
        />
      ))}
      <div className="flex gap-2">
        <Button variant="primary" busy={isBusy} onClick={() => void send()}>
          {t("send")}
        </Button>
        {isBusy ? <Button onClick={() => controller.current?.abort()}>{t("stop")}</Button> : null}
      </div>
      {answer === null ? null : (
        <section aria-live="polite" aria-busy={isBusy} className="flex flex-col gap-4" data-testid="page-answer">
          {visit.outputs
            .filter((name) => answer.outputs[name] !== undefined)
            .map((name) => (
              <div key={name} className="rounded-lg border border-line bg-raised p-4">
                {visit.outputs.length > 1 ? <h2 className="mb-1 text-muted text-xs">{name}</h2> : null}
                <AnswerValue value={answer.outputs[name]} />
              </div>
            ))}
          {answer.note === null ? null : <p className="text-muted text-sm">{answer.note}</p>}
        </section>
      )}
    </div>
  );
}
