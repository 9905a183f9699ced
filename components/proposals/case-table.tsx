"use client";

import { LoaderCircle, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { MarkedText } from "@/components/editor/compare/marked-text";
import { textDifference } from "@/components/editor/compare/text-difference";
import { InputsForm } from "@/components/run/inputs-form";
import type { FormValues, InputFault } from "@/components/run/run-inputs";
import { cn } from "@/components/ui/cn";
import { FormField } from "@/components/ui/form-field";
import { IconButton } from "@/components/ui/icon-button";
import { Textarea } from "@/components/ui/textarea";
import type { InputField } from "@/runtime/node/define-node";
import { type Side, sides, type TrialAnswer } from "./trials";

export interface TriedCase {
  readonly id: string;
  readonly values: FormValues;
  readonly faults: Readonly<Record<string, InputFault>>;
  /** What it should say; empty where nobody knows. */
  readonly wanted: string;
  /** The run whose answer was wrong, and that answer. */
  readonly wrong: { readonly runId: string; readonly text: string } | null;
  readonly answers: Readonly<Partial<Record<Side, TrialAnswer>>>;
}

interface CaseTableProps {
  readonly fields: readonly InputField[];
  readonly cases: readonly TriedCase[];
  /** What an answer of a side must have been made with to count. */
  readonly madeOf: (each: TriedCase, side: Side) => string;
  readonly onChange: (id: string, part: Partial<Pick<TriedCase, "values" | "wanted">>) => void;
  readonly onRemove: (id: string) => void;
  readonly onRun: () => void;
}

/** Cases one below the other: what goes in, what is answered now, and what would be. */
export function CaseTable({ fields, cases, madeOf, onChange, onRemove, onRun }: CaseTableProps) {
  const t = useTranslations("proposals");
  return (
    <ol className="flex flex-col gap-3">
      {cases.map((each, index) => (
        <li
          key={each.id}
          data-testid="tried-case"
          className="relative grid grid-cols-3 gap-4 rounded-lg border border-line bg-surface p-3"
        >
          <div className="flex min-w-0 flex-col gap-2 pr-6">
            <h3 className="text-faint text-xs">{t("case", { number: index + 1 })}</h3>
            <InputsForm
              fields={fields}
              values={each.values}
              faults={each.faults}
              onChange={(name, value) => onChange(each.id, { values: { ...each.values, [name]: value } })}
              onSubmit={onRun}
            />
            {each.wrong === null ? null : (
              <div className="flex flex-col gap-1">
                <span className="text-muted text-xs">
                  {t("answered")}{" "}
                  <Link href={`/runs/${each.wrong.runId}`} className="text-accent-text hover:underline">
                    {t("openRun")}
                  </Link>
                </span>
                <p className="max-h-32 overflow-y-auto whitespace-pre-wrap break-words rounded-md bg-error-soft px-2 py-1.5 text-sm">
                  {each.wrong.text === "" ? t("noAnswer") : each.wrong.text}
                </p>
              </div>
            )}
            <FormField label={t("wanted")}>
              {(control) => (
                <Textarea
                  {...control}
                  className="min-h-8"
                  maxLength={20_000}
                  placeholder={t("wantedPlaceholder")}
                  value={each.wanted}
                  onChange={(event) => onChange(each.id, { wanted: event.target.value })}
                />
              )}
            </FormField>
          </div>
          {sides.map((side) => (
            <Answer key={side} side={side} answers={each.answers} made={madeOf(each, side)} />
          ))}
          <IconButton
            size="sm"
            className="absolute top-2 left-[calc(33.333%-2.5rem)]"
            label={t("removeCase", { number: index + 1 })}
            onClick={() => onRemove(each.id)}
          >
            <X />
          </IconButton>
        </li>
      ))}
    </ol>
  );
}

interface AnswerProps {
  readonly side: Side;
  readonly answers: TriedCase["answers"];
  readonly made: string;
}

function Answer({ side, answers, made }: AnswerProps) {
  const t = useTranslations("proposals");
  const answer = answers[side];
  const before = answers.before;
  const stale = answer !== undefined && answer.made !== made;
  const parts =
    side === "after" && answer?.phase === "ended" && before?.phase === "ended"
      ? textDifference(before.text, answer.text)
      : null;
  return (
    <section aria-label={t(`side.${side}`)} className="flex min-w-0 flex-col gap-1" data-testid={`answer-${side}`}>
      <h4 className="text-muted text-xs">{t(`side.${side}`)}</h4>
      {answer === undefined ? (
        <p className="text-faint text-sm">{t("untried")}</p>
      ) : answer.phase === "waiting" || answer.phase === "running" ? (
        <p className="flex items-center gap-2 text-running text-sm" role="status">
          <LoaderCircle className="size-3.5 animate-spin motion-reduce:animate-none" />
          {t(`phase.${answer.phase}`)}
        </p>
      ) : (
        <>
          <div
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls is reached by the keyboard.
            tabIndex={0}
            className={cn(
              "max-h-72 overflow-y-auto whitespace-pre-wrap break-words text-sm",
              stale && "text-faint",
              answer.phase === "failed" && "text-error",
            )}
          >
            {answer.phase === "failed" ? (
              answer.problem
            ) : parts !== null ? (
              <MarkedText parts={parts} />
            ) : answer.text === "" ? (
              t("noAnswer")
            ) : (
              answer.text
            )}
          </div>
          {stale ? <p className="text-warn text-xs">{t("stale")}</p> : null}
          {answer.runId === null ? null : (
            <Link href={`/runs/${answer.runId}`} className="self-start text-accent-text text-xs hover:underline">
              {t("openRun")}
            </Link>
          )}
        </>
      )}
    </section>
  );
}
