import type { ErrorFacts } from "@/components/trpc/error-facts";

/** An error whose sentence is the first of the set-up's problems, as `useSetUpProblems` says them to readers of other languages than English. */
export const inReadersWords = (facts: ErrorFacts, problems: Readonly<Record<string, string>>): ErrorFacts => {
  const [first] = Object.values(problems);
  return first === undefined || facts.data.problems === undefined
    ? facts
    : { ...facts, message: first, hint: undefined };
};
