import { templateVariables } from "../../template";
import { unusedVariables } from "../prompt-content";
import { type Finding, onText, onWhole, type Rule } from "./finding";
import { sentencesIn } from "./stretches";
import { allOf, leftOvers } from "./words";

const longEnough = 20;

const unused: Rule = ({ content }) =>
  unusedVariables(content).map(
    (name): Finding => ({
      code: "unused-variable",
      part: "relevance",
      points: 5,
      at: { field: "variables", name },
      quote: name,
    }),
  );

const noVariable: Rule = ({ kind, content }) =>
  kind === "chat" && templateVariables(content.system, content.user).length === 0
    ? [onWhole("no-variable", "relevance", 8)]
    : [];

const saidTwice: Rule = ({ texts }) => {
  const seen = new Set<string>();
  return texts.flatMap((each) =>
    sentencesIn(each.text).flatMap(({ text, start, end }) => {
      const said = text.toLowerCase().replace(/\s+/gu, " ");
      if (said.length < longEnough) return [];
      if (!seen.has(said)) {
        seen.add(said);
        return [];
      }
      return [onText("said-twice", "relevance", 5, each, start, end)];
    }),
  );
};

const leftOver: Rule = ({ texts }) =>
  texts.flatMap((each) =>
    allOf(leftOvers, each.text).map(({ 0: word, index }) =>
      onText("left-over", "relevance", 10, each, index, index + word.length),
    ),
  );

/** Whether everything that stands there serves the case at hand. */
export const relevanceRules: readonly Rule[] = [unused, noVariable, saidTwice, leftOver];
