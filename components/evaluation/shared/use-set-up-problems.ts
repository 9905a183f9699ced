"use client";

import { useLocale, useTranslations } from "next-intl";
import { useCallback } from "react";
import type { ErrorFacts } from "@/components/trpc/error-facts";
import type { SetUpProblem } from "@/runtime/eval/contract/set-up-problem";

type ByPath<Value> = Readonly<Record<string, Value>>;

/**
 * Says what is wrong with a set-up, by dotted path, in the reader's language. The server's own sentence is English and knows more, so English readers get
 * that.
 */
export const useSetUpProblems = () => {
  const t = useTranslations("experiments");
  const locale = useLocale();
  return useCallback(
    ({ data }: ErrorFacts): ByPath<string> => {
      const fields = (data.fields ?? {}) as ByPath<string>;
      if (locale === "en") return fields;
      const problems = (data.problems ?? {}) as ByPath<Omit<SetUpProblem, "message">>;
      return Object.fromEntries(
        Object.entries(fields).map(([at, sentence]) => {
          const problem = problems[at];
          return [at, problem === undefined ? sentence : t(`problem.${problem.code}`, problem.parameters)];
        }),
      );
    },
    [t, locale],
  );
};
