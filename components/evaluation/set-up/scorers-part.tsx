"use client";

import { useTranslations } from "next-intl";
import { Section } from "@/components/shell/section";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { useSentences } from "../choice/use-sentences";
import { ScorerCard } from "./scorer-card";
import { ScorerPicker } from "./scorer-picker";
import { freeScorerId } from "./set-up-form";
import { type PartProps, problemAt } from "./set-up-types";

interface ScorersPartProps extends PartProps {
  readonly pipelineId: string;
  /** What the pipeline gives back. */
  readonly outputs: readonly string[];
  /** Columns of the dataset that say what a good answer would be. */
  readonly expected: readonly string[];
}

/** How answers are scored. */
export function ScorersPart({ form, change, problems, pipelineId, outputs, expected }: ScorersPartProps) {
  const t = useTranslations("experiments.setUp");
  const { scorers } = form;
  const sentences = useSentences(pipelineId, form.datasetId, scorers);
  return (
    <Section
      title={t("scorers")}
      description={t("scorersHelp")}
      aside={
        <ScorerPicker
          disabled={scorers.length >= evalLimits.scorers}
          onPick={(type) =>
            change({
              scorers: [
                ...scorers,
                { id: freeScorerId(type, scorers), type, config: {}, output: null, expected: null },
              ],
            })
          }
        />
      }
    >
      {scorers.length === 0 ? <p className="text-sm text-warn">{t("noScorer")}</p> : null}
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface empty:hidden">
        {scorers.map((scorer, place) => {
          const definition = findScorer(scorer.type);
          return definition === undefined ? null : (
            <ScorerCard
              key={scorer.id}
              scorer={scorer}
              definition={definition}
              outputs={outputs}
              expected={expected}
              problem={problemAt(problems, `scorers.${place}`)}
              onChange={(changes) =>
                change({
                  scorers: scorers.map((each, index) => (index === place ? { ...each, ...changes } : each)),
                })
              }
              sentences={sentences.get(scorer.id)}
              onReplace={(type) => {
                const others = scorers.filter((_, index) => index !== place);
                const next = { ...scorer, id: freeScorerId(type, others), type, config: {} };
                change({ scorers: scorers.map((each, index) => (index === place ? next : each)) });
              }}
              onRemove={() => change({ scorers: scorers.filter((_, index) => index !== place) })}
            />
          );
        })}
      </ul>
    </Section>
  );
}
