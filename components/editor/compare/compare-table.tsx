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
import { columnTotals } from "./column-totals";
import type { CompareColumn } from "./compare-columns";
import { cellKey } from "./compare-store";
import { pickOutput } from "./output-choices";
import { type CompareCommands, useCompareState } from "./use-compare";
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
  const document = useEditor((state) => state.document);
  const catalog = useEditor((state) => state.catalog);
  const fields = useMemo(() => inputFieldsOf(document, catalog), [document, catalog]);
  const { compared, chosen } = useOutputChoice(node);
  const [reference] = columns;
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
              className="sticky top-0 left-0 z-20 w-52 border-line border-r border-b bg-raised p-2 text-left font-medium"
            >
              {t("compare.case")}
            </th>
            {columns.map((column) => {
              const own = cases.map(({ id }) => cells.get(cellKey(column.id, id)));
              const totals = columnTotals(own);
              return (
                <th
                  key={column.id}
                  scope="col"
                  className="sticky top-0 z-10 w-60 border-line border-r border-b bg-raised p-2 text-left align-top font-medium last:border-r-0"
                >
                  <span className="block truncate">{column.label ?? t("variants.base")}</span>
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
                {columns.map((column) => (
                  <AnswerCell
                    key={column.id}
                    each={each}
                    column={column}
                    fields={fields}
                    compared={compared}
                    choice={chosen}
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
