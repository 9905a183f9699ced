import { evalLimits } from "@/runtime/eval/contract/limits";
import type { MetricDefinition } from "@/runtime/eval/contract/metric";
import { partLeft } from "@/runtime/eval/report/dropped";
import { frameOf } from "@/runtime/eval/report/evidence";
import { marginPower, rowsForMargin } from "@/runtime/eval/statistics/margin-power";
import { detectableMean } from "@/runtime/eval/statistics/plan-rows";
import { bestSplit, errorOfSplit } from "@/runtime/eval/statistics/variance-parts";
import { mayDrop } from "./dropping-metric";
import type { ExperimentPlan } from "./experiment.types";
import { deviationAt, type Pilot } from "./pilots";
import type { Prepared } from "./prepare-experiment";
import { sameInputs } from "./same-inputs";

/** Rows that only one of two variants has right, at most as a rule: the forecast knows no better before it has run. */
const usualDiscordance = 0.5;

interface Planned {
  /** In the metric's own units; null where nothing is known. */
  readonly detectable: number | null;
  readonly plan: ExperimentPlan;
}

/** What so many rows could show of the main metric, by how much versions differed before. */
export const planOf = (
  { spec, rows, available }: Prepared,
  primary: MetricDefinition | undefined,
  pilot: Pilot | undefined,
): Planned => {
  const asked = sameInputs(rows, spec.inputs);
  const { planned: independent } = frameOf(
    rows.map(({ weight, tags, split, group }, row) => ({
      weight,
      tags,
      split,
      group,
      inputsKey: asked[row]?.inputsKey ?? "",
    })),
  );
  const guess = primary?.scale === "binary" ? Math.sqrt(usualDiscordance) : null;
  const deviation = pilot === undefined ? guess : deviationAt(pilot, spec.repeats);
  const none = { pilot: pilot?.experiment ?? null, independent, margin: null, split: null };
  if (deviation === null || spec.variants.length < 2) return { detectable: null, plan: none };
  // The smallest p-value of several is held against so much.
  const alpha = (partLeft(mayDrop(spec)) * spec.alpha) / (spec.variants.length - 1);
  const capped = (difference: number) => (primary?.scale === "number" ? difference : Math.min(1, difference));
  const perRow = deviation / Math.sqrt(independent);
  const known = pilot?.parts ?? null;
  const split =
    known && bestSplit(known, { answers: rows.length * spec.repeats, available, mostRepeats: evalLimits.repeats });
  // Rows of groups tell less than as many independent ones, now and then alike.
  const perError = known === null ? 0 : perRow / errorOfSplit(known, rows.length, spec.repeats);
  return {
    detectable: capped(detectableMean(perRow, alpha)),
    plan: {
      ...none,
      margin:
        spec.margin === null
          ? null
          : {
              power: marginPower(independent, { deviation, margin: spec.margin, alpha }),
              rows: rowsForMargin({ deviation, margin: spec.margin, alpha }),
            },
      split:
        split === null || known === null || !(known.between + known.within > 0)
          ? null
          : {
              share: known.between / (known.between + known.within),
              rows: split.rows,
              repeats: split.repeats,
              detectable: capped(detectableMean(split.error * perError, alpha)),
              planned: capped(detectableMean(perRow, alpha)),
            },
    },
  };
};
