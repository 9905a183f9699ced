import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { inputFieldsOf } from "@/components/run/run-inputs";
import { EmptyState } from "@/components/ui/empty-state";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import type { GraphNode } from "@/runtime/graph/document";
import { useEditor } from "../workbench";
import { AnswerCell } from "./answer-cell";
import { CaseCell } from "./case-cell";
import { CaseSources } from "./case-sources";
import { cellMark } from "./cell-mark";
import { columnTotals } from "./column-totals";
import type { CompareColumn } from "./compare-columns";
import { type CompareCell, cellKey } from "./compare-store";
import { ExpectedCell } from "./expected-cell";
import { pickOutput } from "./output-choices";
import { type CompareCommands, useCompareState } from "./use-compare";
import { useComparer } from "./use-comparer";
import { useOutputChoice } from "./use-output-choice";

export interface CompareTableProps {
  readonly node: GraphNode;
  /** The first is what the others are compared with. */
  readonly columns: readonly CompareColumn[];
  readonly commands: CompareCommands;
}

/** A row a case, a column a variant. Head and cases stay in sight. */
export function CompareTable({ node, columns, commands }: CompareTableProps) {
  const t = useTranslations("editor");
  const cases = useCompareState((state) => state.cases);
  const cells = useCompareState((state) => state.cells);
  const document = useEditor((state) => state.whole);
  const catalog = useEditor((state) => state.catalog);
  const fields = useMemo(() => inputFieldsOf(document, catalog), [document, catalog]);
  const { compared, chosen } = useOutputChoice(node);
  const { scorer } = useComparer();
  const [reference] = columns;
  const anyExpected = cases.some(({ expected }) => expected.trim() !== "");
  /** Of the cases whose answer is whole and that something is expected of. */
  const marksOf = (own: readonly (CompareCell | undefined)[]) =>
    cases.flatMap(({ expected }, place) => cellMark(own[place], { compared, chosen, scorer, expected }) ?? []);
  if (cases.length === 0)
    return (
      <EmptyState
        title={t("compare.empty.title")}
        description={t("compare.empty.description")}
        actions={<CaseSources />}
        className="flex-1"
      />
    );
  return (
    <div className="min-h-0 flex-1 overflow-auto rounded-md border border-line">
      <table className="w-full table-fixed border-separate border-spacing-0 text-sm" data-testid="compare-table">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky top-0 left-0 z-20 w-52 border-line border-r border-b bg-raised p-2 text-left align-top font-medium"
            >
              {t("compare.case")}
            </th>
            <th
              scope="col"
              className="sticky top-0 left-52 z-20 w-40 border-line border-r border-b bg-raised p-2 text-left align-top font-medium"
            >
              {t("compare.expected")}
            </th>
            {columns.map((column) => {
              const own = cases.map(({ id }) => cells.get(cellKey(column.id, id)));
              const totals = columnTotals(own);
              const marks = anyExpected ? marksOf(own) : [];
              return (
                <th
                  key={column.id}
                  scope="col"
                  className="sticky top-0 z-10 w-60 border-line border-r border-b bg-raised p-2 text-left align-top font-medium last:border-r-0"
                >
                  <span className="flex items-baseline gap-2">
                    <span className="truncate" title={column.label ?? undefined}>
                      {column.label ?? t("variants.base")}
                    </span>
                    {marks.length > 0 ? (
                      <span className="tabular shrink-0 text-muted text-xs" data-testid="compare-right">
                        {t("compare.rightOf", {
                          right: marks.filter((mark) => mark === "right").length,
                          all: marks.length,
                        })}
                      </span>
                    ) : null}
                  </span>
                  <span className="flex h-4 items-center gap-2 font-normal text-faint text-xs">
                    {own.some((cell) => cell !== undefined) ? (
                      <span
                        className="tabular"
                        title={t("compare.answered")}
                      >{`${totals.answered}/${cases.length}`}</span>
                    ) : (
                      t("compare.notRun")
                    )}
                    {totals.answered > 0 ? (
                      <>
                        <span title={t("compare.meanTime")}>
                          <Duration ms={totals.meanMs} />
                        </span>
                        <Tokens
                          input={totals.inputTokens}
                          output={totals.outputTokens}
                          uncounted={totals.uncountedCalls}
                        />
                        <Money microUsd={totals.costMicroUsd} atLeast={totals.knownCostMicroUsd} />
                      </>
                    ) : null}
                  </span>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {cases.map((each, index) => {
            const base = reference && cells.get(cellKey(reference.id, each.id));
            const said = base?.run.status === "success" && chosen ? pickOutput(compared, base.run, chosen) : undefined;
            return (
              <tr key={each.id} className="align-top">
                <CaseCell each={each} number={index + 1} fields={fields} commands={commands} />
                <ExpectedCell each={each} number={index + 1} />
                {columns.map((column) => (
                  <AnswerCell
                    key={column.id}
                    each={each}
                    column={column}
                    fields={fields}
                    compared={compared}
                    choice={chosen}
                    scorer={scorer}
                    reference={column === reference ? undefined : said}
                    commands={commands}
                  />
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
