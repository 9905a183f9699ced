import { useEvaluationChoice } from "@/components/evaluation/choice/use-evaluation-choice";
import { useSession } from "../session";
import { type ChosenScorer, comparers, usualScorer } from "./answer-mark";
import { useCompareState } from "./use-compare";

/** How answers are told right from wrong: by what was chosen for the pipeline, or else by the exact label. */
export const useComparer = (): {
  readonly scorer: ChosenScorer;
  /** It is remembered with the dataset that was chosen, if any was. */
  readonly choose: (type: string) => void;
} => {
  const { pipelineId, compare } = useSession();
  const { choice, remember } = useEvaluationChoice(pipelineId);
  const own = useCompareState((state) => state.scorer);
  const known = own ?? choice?.scorer ?? usualScorer;
  const scorer = comparers.some(({ type }) => type === known.type) ? known : usualScorer;
  return {
    scorer,
    choose: (type) => {
      if (type === scorer.type) return;
      const next = { type, config: {} };
      compare.setState({ scorer: next });
      if (choice) remember({ ...choice, scorer: next });
    },
  };
};
