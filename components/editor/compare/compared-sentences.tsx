import { useMemo } from "react";
import { SentenceHint } from "@/components/evaluation/choice/sentence-hint";
import { shorten, valueText } from "@/components/run/value-text";
import type { GraphNode } from "@/runtime/graph/document";
import { sentencesAmong } from "./answer-mark";
import type { CompareColumn } from "./compare-columns";
import { cellKey } from "./compare-store";
import { pickOutput } from "./output-choices";
import { useCompareState } from "./use-compare";
import { useComparer } from "./use-comparer";
import { useOutputChoice } from "./use-output-choice";

interface ComparedSentencesProps {
  readonly node: GraphNode;
  readonly columns: readonly CompareColumn[];
}

/** Says that answers were called wrong only because they are sentences. */
export function ComparedSentences({ node, columns }: ComparedSentencesProps) {
  const cases = useCompareState((state) => state.cases);
  const cells = useCompareState((state) => state.cells);
  const { compared, chosen } = useOutputChoice(node);
  const { scorer, choose } = useComparer();
  const found = useMemo(() => {
    if (chosen === undefined) return null;
    // By variant: one that answers in sentences is not hidden by what another one gets wrong.
    const byColumn = columns.map((column) =>
      cases.flatMap(({ id, expected }) => {
        const cell = cells.get(cellKey(column.id, id));
        return expected.trim() !== "" && cell?.phase === "ended" && cell.run.status === "success"
          ? [{ output: pickOutput(compared, cell.run, chosen)?.value, expected }]
          : [];
      }),
    );
    for (const answers of byColumn) {
      const sentences = sentencesAmong(scorer, answers);
      if (sentences !== null) return sentences;
    }
    return null;
  }, [cases, cells, columns, compared, chosen, scorer]);
  if (found === null) return null;
  const { first, ...counts } = found;
  const example = { answer: shorten(valueText(first.output), 160), label: first.expected };
  return <SentenceHint {...counts} example={example} onChange={choose} />;
}
