import { Check, Gavel, UserCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { MetricReport } from "@/runtime/eval/contract/report";
import { CellScore } from "../cases/cell-score";
import type { ShownAnswerItem } from "../types";
import { FoldedText } from "./folded-text";
import { useJudgedText } from "./use-judged-text";

interface ShownAnswerProps {
  readonly answer: ShownAnswerItem | null;
  readonly metric: MetricReport | null;
  /** Scorers by id: how what they say is written. */
  readonly scorers: readonly { readonly id: string; readonly type: string }[];
}

/** One variant's answer to a row: whether it is what was expected, how it was scored, what was judged of it and what people said. */
export function ShownAnswer({ answer, metric, scorers }: ShownAnswerProps) {
  const t = useTranslations("experiments.cases");
  const own = useTranslations("experiments.sideBySide");
  const judgedText = useJudgedText(scorers);
  if (answer === null) return <p className="text-faint">{t("notYet")}</p>;
  const { status, text, isCut, errorMessage, isExact, value, judgements } = answer;
  // Right or wrong stands before the text; any other value below it.
  const isBinary = metric?.scale === "binary" && value !== null;
  const isBelow = value !== null && !isBinary && judgements.every(({ scorerId }) => scorerId !== metric?.scorerId);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {status === "success" ? (
        <FoldedText text={text === "" ? t("empty") : text} isCut={isCut} className={cn(text === "" && "text-faint")}>
          {isBinary ? (
            <span className="mr-1.5 inline-flex align-[-3px]">
              <CellScore value={value} metric={metric} />
            </span>
          ) : isExact ? (
            <span
              className="mr-1.5 inline-flex size-4 items-center justify-center rounded-full bg-ok-soft align-[-3px] text-ok"
              title={own("exact")}
            >
              <Check aria-label={own("exact")} className="size-3" />
            </span>
          ) : null}
        </FoldedText>
      ) : (
        <p className={cn("break-words", status === "failure" ? "text-error" : "text-muted")}>
          {errorMessage ?? t("failed")}
        </p>
      )}
      {isBelow || judgements.some(({ judge, people }) => judge !== null || people !== null) ? (
        <ul className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted text-xs">
          {isBelow ? (
            <li className="flex items-center gap-1">
              <CellScore value={value} metric={metric} />
            </li>
          ) : null}
          {judgements.flatMap(({ scorerId, judge, people, labels }) => [
            judge === null ? null : (
              <li key={`${scorerId} judge`} className="flex items-center gap-1">
                <Gavel aria-hidden="true" className="size-3 text-faint" />
                {own("judge", { said: judgedText(scorerId, judge) })}
              </li>
            ),
            people === null ? null : (
              <li
                key={`${scorerId} people`}
                className={cn(
                  "flex items-center gap-1",
                  judge !== null && Math.abs(judge - people) > 0.26 && "text-warn",
                )}
              >
                <UserCheck aria-hidden="true" className="size-3" />
                {own("people", { said: judgedText(scorerId, people), labels })}
              </li>
            ),
          ])}
        </ul>
      ) : null}
      {judgements.map(({ scorerId, reason }) =>
        reason === null ? null : <FoldedText key={scorerId} text={reason} className="text-faint text-xs" />,
      )}
    </div>
  );
}
