"use client";

import { ArrowUp, Square } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { InputsForm } from "@/components/run/inputs-form";
import { initialValues, readInputs } from "@/components/run/run-inputs";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import { isFileKind } from "@/runtime/node/define-node";
import { AnswerValue } from "./answer-value";
import { askPage, type VisitView } from "./page-client";
import { type BroughtFile, PageFile } from "./page-file";
import { useRefusalText } from "./use-refusal-text";

interface Turn {
  readonly id: number;
  readonly question: string;
  readonly answer: unknown;
  readonly isOver: boolean;
  readonly note: string | null;
}

interface ChatViewProps {
  readonly slug: string;
  readonly visit: VisitView;
  readonly welcome: string;
  readonly onOver: () => void;
}

/** Turns shown at once: the latest. The server remembers by its own rules. */
const mostTurns = 100;

/** A conversation with a deployment. The visitor's turns are kept apart from everybody else's by the server. */
export function ChatView({ slug, visit, welcome, onOver }: ChatViewProps) {
  const t = useTranslations("public-page");
  const say = useRefusalText();
  const { message: spoken } = visit;
  const others = visit.fields.filter(({ name, kind }) => name !== spoken && !isFileKind(kind));
  const brought = visit.fields.filter(({ kind }) => isFileKind(kind));
  const most = visit.fields.find(({ name }) => name === spoken)?.maxLength ?? 20_000;
  const [text, setText] = useState("");
  const [values, setValues] = useState(() => initialValues(others, {}));
  const [files, setFiles] = useState<Readonly<Record<string, BroughtFile | null>>>({});
  const [turns, setTurns] = useState<readonly Turn[]>([]);
  const [isTried, setTried] = useState(false);
  const conversation = useRef<string | undefined>(undefined);
  const controller = useRef<AbortController | null>(null);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => () => controller.current?.abort(), []);
  useEffect(() => {
    if (turns.length > 0) end.current?.scrollIntoView({ block: "end" });
  }, [turns]);
  const read = readInputs(others, values);
  const missing = brought.filter(({ name, required }) => required && !files[name]).map(({ name }) => name);
  const isBusy = turns.at(-1)?.isOver === false;
  const change = (id: number, made: (turn: Turn) => Partial<Turn>) =>
    setTurns((now) => now.map((turn) => (turn.id === id && !turn.isOver ? { ...turn, ...made(turn) } : turn)));
  const send = async () => {
    const question = text.trim();
    setTried(true);
    if (isBusy || question === "" || spoken === null || Object.keys(read.faults).length > 0 || missing.length > 0)
      return;
    const own = new AbortController();
    controller.current = own;
    const id = (turns.at(-1)?.id ?? 0) + 1;
    setText("");
    setTurns((now) => [...now, { id, question, answer: "", isOver: false, note: null }].slice(-mostTurns));
    const given = Object.fromEntries(Object.entries(files).filter(([, file]) => file !== null));
    const inputs = { ...read.inputs, ...given, [spoken]: question };
    const asked = conversation.current === undefined ? { inputs } : { inputs, conversation: conversation.current };
    let first: string | null = null;
    const refused = await askPage(slug, visit.token, asked, {
      signal: own.signal,
      hear: (said) => {
        if (said.event === "start") conversation.current = said.conversation ?? conversation.current;
        else if (said.event === "delta") {
          first ??= said.output;
          if (said.output === first) change(id, (turn) => ({ answer: `${turn.answer}${said.delta}` }));
        } else if (said.event === "reset") change(id, () => ({ answer: "" }));
        else if (said.event === "paused") change(id, () => ({ isOver: true, note: t("paused") }));
        else if (said.status === "failure")
          change(id, () => ({ answer: "", isOver: true, note: t(`why.${said.why as "failed"}`) }));
        else {
          const name = visit.outputs.find((each) => said.outputs[each] !== undefined);
          const answer = name === undefined ? "" : said.outputs[name];
          change(id, () => ({ answer, isOver: true, note: said.status === "empty" ? t("empty") : null }));
        }
      },
    });
    if (refused?.code === "visit-over") return onOver();
    if (refused !== null) {
      // What was asked is not lost: it can be sent again.
      setText(question);
      change(id, () => ({ isOver: true, note: say(refused) }));
    } else change(id, () => ({ isOver: true, note: t("stopped") }));
  };
  const restart = () => {
    controller.current?.abort();
    conversation.current = undefined;
    setTurns([]);
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
        {welcome === "" ? null : (
          <div className="mb-4 text-muted">
            <AnswerValue value={welcome} />
          </div>
        )}
        <ol className="flex flex-col gap-4" aria-live="polite" aria-busy={isBusy}>
          {turns.map((turn) => (
            <li key={turn.id} className="flex flex-col gap-2" data-testid="page-turn">
              <p className="max-w-[85%] self-end whitespace-pre-wrap break-words rounded-xl bg-accent-soft px-3.5 py-2">
                {turn.question}
              </p>
              <div className="max-w-[92%] self-start">
                {turn.answer === "" && !turn.isOver ? (
                  <p className="animate-pulse-soft text-faint">{t("thinking")}</p>
                ) : (
                  <AnswerValue value={turn.answer} />
                )}
                {turn.note === null ? null : <p className="text-muted text-sm">{turn.note}</p>}
              </div>
            </li>
          ))}
        </ol>
        <div ref={end} />
      </div>
      <div className="flex flex-col gap-3 border-line border-t px-5 py-3">
        {others.length === 0 ? null : (
          <InputsForm
            fields={others}
            values={values}
            faults={isTried ? read.faults : {}}
            onChange={(name, value) => setValues((now) => ({ ...now, [name]: value }))}
            onSubmit={() => void send()}
          />
        )}
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
        <div className="flex items-end gap-2">
          <Textarea
            aria-label={t("message")}
            placeholder={t("message")}
            value={text}
            maxLength={most}
            rows={2}
            className="max-h-40 min-h-11 flex-1"
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              // Enter also ends a word of an input method, as Chinese is typed.
              if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
              event.preventDefault();
              void send();
            }}
          />
          {isBusy ? (
            <IconButton label={t("stop")} onClick={() => controller.current?.abort()}>
              <Square />
            </IconButton>
          ) : (
            <Button variant="primary" aria-label={t("send")} disabled={text.trim() === ""} onClick={() => void send()}>
              <ArrowUp className="size-4" />
            </Button>
          )}
        </div>
        {turns.length === 0 ? null : (
          <button type="button" className="self-start rounded-sm text-faint text-xs hover:text-fg" onClick={restart}>
            {t("restart")}
          </button>
        )}
      </div>
    </div>
  );
}
