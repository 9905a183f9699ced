import { useTranslations } from "next-intl";
import { isPairScorer } from "@/runtime/eval/contract/scorer";
import { findScorer } from "@/runtime/eval/scorers/catalog";

const stars = 5;

/** What a judge or a person said, in words: grades as people give them, one to five, and preferences by who is preferred. */
export const useJudgedText = (scorers: readonly { readonly id: string; readonly type: string }[]) => {
  const t = useTranslations("experiments.sideBySide");
  return (scorerId: string, value: number): string => {
    const scorer = findScorer(scorers.find(({ id }) => id === scorerId)?.type ?? "");
    if (scorer !== undefined && isPairScorer(scorer))
      return t(value > 0 ? "preferred" : value < 0 ? "notPreferred" : "alike");
    const grade = Math.round((1 + value * (stars - 1)) * 10) / 10;
    return t("grade", { grade, most: stars });
  };
};
