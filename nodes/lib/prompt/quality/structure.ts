import { parseTemplate } from "../../template";
import { onText, type Rule } from "./finding";
import { sentencesIn } from "./stretches";
import { firstOf, taskWords } from "./words";

const longUnbroken = 500;
const manyAsks = 5;
/** Signs that set a value off from the words around it. */
const opens = new Set([..."\n:：\"'“「『`>([（【<|=，,"]);
const closes = new Set([..."\n\"'”」』`<)]）】.。!！?？,，;；:：|"]);

const wallOfText: Rule = ({ texts }) =>
  texts.flatMap((each) =>
    each.text.length > longUnbroken && !each.text.trim().includes("\n")
      ? [onText("wall-of-text", "structure", 10, each, 0, each.text.length)]
      : [],
  );

/** A value that runs into the sentence around it: the model cannot see where it ends. */
const bareValue: Rule = ({ texts }) =>
  texts.flatMap((each) => {
    if (each.field === "system" || each.text.length < 80) return [];
    const bare = parseTemplate(each.text).filter(({ kind, source, start }) => {
      if (kind !== "variable") return false;
      const before = each.text.slice(0, start).trimEnd().at(-1) ?? "\n";
      const isLine = each.text.slice(0, start).endsWith("\n") || start === 0;
      const after = each.text.slice(start + source.length).at(0) ?? "\n";
      return !isLine && !opens.has(before) && !closes.has(after);
    });
    return bare
      .slice(0, 2)
      .map(({ source, start }) => onText("bare-value", "structure", 5, each, start, start + source.length));
  });

const oddBraces: Rule = ({ texts }) =>
  texts.flatMap((each) =>
    parseTemplate(each.text)
      .filter(({ kind, source }) => kind === "malformed" && !source.startsWith("{{>"))
      .map(({ source, start }) => onText("odd-braces", "structure", 8, each, start, start + source.length)),
  );

const openFence: Rule = ({ texts }) =>
  texts.flatMap((each) => {
    const fences = [...each.text.matchAll(/```/g)];
    const last = fences.at(-1)?.index ?? 0;
    return fences.length % 2 === 1 ? [onText("open-fence", "structure", 6, each, last, last + 3)] : [];
  });

const isListed = /^\s{0,8}(?:[-*•#]|\d{1,3}[.)、]|[一二三四五六七八九十]{1,3}、)/mu;
const manyTasks: Rule = ({ texts }) =>
  texts.flatMap((each) => {
    if (isListed.test(each.text)) return [];
    const asks = sentencesIn(each.text).filter(({ text }) => firstOf(taskWords, text) !== null);
    const [first] = asks;
    return asks.length > manyAsks && first !== undefined
      ? [onText("many-asks", "structure", 6, each, first.start, first.end)]
      : [];
  });

/** Whether one can see what is instruction, what is a value and what is a step. */
export const structureRules: readonly Rule[] = [wallOfText, bareValue, oddBraces, openFence, manyTasks];
