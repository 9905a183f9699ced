import { Check, ExternalLink, Play, RotateCcw, Square, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo, useMemo } from "react";
import { readInputs } from "@/components/run/run-inputs";
import { buttonStyle } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { IconButton } from "@/components/ui/icon-button";
import { runStatus, StatusGlyph } from "@/components/ui/status-glyph";
import { Tooltip } from "@/components/ui/tooltip";
import type { InputField } from "@/runtime/node/define-node";
import { useEditor } from "../workbench";
import type { ChosenScorer, Mark } from "./answer-mark";
import { AnswerText } from "./answer-text";
import { CellError } from "./cell-error";
import { cellMark } from "./cell-mark";
import { durationOf } from "./column-totals";
import { type CompareColumn, madeOf } from "./compare-columns";
import { type CompareCase, type CompareCell, cellKey } from "./compare-store";
import { type Compared, type OutputChoice, type PickedOutput, pickOutput } from "./output-choices";
import { type CompareCommands, useCompareState } from "./use-compare";

export interface AnswerCellProps {
  readonly each: CompareCase;
  readonly column: CompareColumn;
  readonly fields: readonly InputField[];
  readonly compared: Compared;
  readonly choice: OutputChoice | undefined;
  readonly scorer: ChosenScorer;
  /** The answer it is compared with, once that is whole. */
  readonly reference: PickedOutput | undefined;
  readonly commands: CompareCommands;
}

/** What one variant answers to one case, as it streams, and what it took. */
export const AnswerCell = memo(function AnswerCell(props: AnswerCellProps) {
  const { each, column, fields, compared, choice, scorer, reference, commands } = props;
  const t = useTranslations("editor.compare");
  const key = cellKey(column.id, each.id);
  const cell = useCompareState((state) => state.cells.get(key));
  const marked = useCompareState((state) => state.marked);
  const document = useEditor((state) => state.whole);
  const outdated = useMemo(
    () => cell?.phase === "ended" && cell.made !== madeOf(document, column, readInputs(fields, each.values).inputs),
    [cell?.phase, cell?.made, document, column, fields, each.values],
  );
  const picked = cell && choice ? pickOutput(compared, cell.run, choice) : undefined;
  const mark = cellMark(cell, { compared, chosen: choice, scorer, expected: each.expected });
  const again = () => commands.runCell(each, column);
  return (
    <td
      className="border-line border-r border-b p-2 last:border-r-0"
      data-testid="compare-cell"
      data-phase={cell?.phase ?? "empty"}
    >
      {cell ? (
        <div className="flex flex-col gap-1.5">
          <div className={cn("flex max-h-64 flex-col gap-1.5 overflow-y-auto", outdated && "opacity-60")}>
            <CellError cell={cell} />
            {picked ? (
              <AnswerText picked={picked} reference={marked && cell.run.status === "success" ? reference : undefined} />
            ) : cell.run.status === "success" || cell.run.status === "empty" ? (
              <p className="text-faint">{t("noSuchOutput")}</p>
            ) : null}
          </div>
          <div className="flex min-h-6 items-start text-faint text-xs">
            <div className="flex min-h-6 min-w-0 flex-1 flex-wrap items-center gap-x-2">
              {mark === null ? null : <MarkGlyph mark={mark} />}
              <CellStatus cell={cell} marked={mark !== null} />
              {outdated ? (
                <Tooltip content={t("outdatedHelp")}>
                  {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its tooltip opens on focus too. */}
                  <span tabIndex={0} className="truncate rounded-sm text-warn">
                    {t("outdated")}
                  </span>
                </Tooltip>
              ) : null}
            </div>
            {cell.runId === null ? null : (
              <Tooltip content={t("trace")}>
                <Link
                  href={`/runs/${cell.runId}`}
                  target="_blank"
                  aria-label={t("trace")}
                  className={cn(buttonStyle({ variant: "ghost", size: "sm" }), "w-6 px-0")}
                >
                  <ExternalLink />
                </Link>
              </Tooltip>
            )}
            {cell.phase === "ended" || cell.phase === "refused" ? (
              <IconButton size="sm" label={t("again")} onClick={again}>
                <RotateCcw />
              </IconButton>
            ) : (
              <IconButton
                size="sm"
                label={t("cancelCell")}
                disabled={cell.phase === "cancelling"}
                onClick={() => commands.cancel([key])}
              >
                <Square />
              </IconButton>
            )}
          </div>
        </div>
      ) : (
        <IconButton size="sm" side="top" label={t("runCell")} onClick={again}>
          <Play />
        </IconButton>
      )}
    </td>
  );
});

/** By shape, colour and word. */
function MarkGlyph({ mark }: { readonly mark: Mark }) {
  const t = useTranslations("editor.compare");
  const Icon = mark === "right" ? Check : X;
  return (
    <span
      data-testid="compare-mark"
      className={cn(
        "inline-flex items-center gap-1 font-medium [&_svg]:size-3.5",
        mark === "right" ? "text-ok" : "text-error",
      )}
    >
      <Icon aria-hidden="true" />
      {t(`judged.${mark}`)}
    </span>
  );
}

function CellStatus({ cell, marked }: { readonly cell: CompareCell; readonly marked: boolean }) {
  const t = useTranslations("editor.compare.phase");
  const { phase, run } = cell;
  if (phase === "queued") return <StatusGlyph status="waiting" word label={t("queued")} />;
  if (phase === "starting") return <StatusGlyph status="running" word label={t("starting")} />;
  if (phase === "cancelling") return <StatusGlyph status="running" word label={t("cancelling")} />;
  if (phase === "refused") return <StatusGlyph status="error" word />;
  if (run.status === "pending") return <StatusGlyph status="running" word />;
  return (
    <>
      {/* Beside "wrong", a green tick would say the opposite. */}
      {marked && run.status === "success" ? null : (
        <StatusGlyph status={runStatus[run.status]} word={run.status === "aborted" || run.status === "empty"} />
      )}
      {phase === "ended" ? <Duration ms={durationOf(cell)} /> : null}
      {run.totals.modelCalls > 0 ? (
        <>
          <Tokens
            input={run.totals.inputTokens}
            output={run.totals.outputTokens}
            uncounted={run.totals.uncountedCalls}
          />
          <Money microUsd={run.totals.costMicroUsd} atLeast={run.totals.knownCostMicroUsd} />
        </>
      ) : null}
    </>
  );
}
