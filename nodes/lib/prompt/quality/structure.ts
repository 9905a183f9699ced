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

/** A line is long where it has so many letters; a Chinese character counts for two. */
const longLine = 70;
const lettersIn = (line: string): number => line.length + (line.match(/\p{Script=Han}/gu)?.length ?? 0);

/** A value that runs into a long sentence around it: the model cannot see where it ends. A name in a short one is no matter. */
const bareValue: Rule = ({ texts }) =>
  texts.flatMap((each) => {
    if (each.field === "system") return [];
    const bare = parseTemplate(each.text).filter(({ kind, source, start }) => {
      if (kind !== "variable") return false;
      const before = each.text.slice(Math.max(0, start - longLine * 2), start);
      const after = each.text.slice(start + source.length, start + source.length + longLine * 2);
      const line = (before.split("\n").at(-1) ?? "") + (after.split("\n")[0] ?? "");
      const isSetOff = before.trim() === "" || before.endsWith("\n") || opens.has(before.trimEnd().at(-1) ?? "\n");
      return lettersIn(line) > longLine && !isSetOff && !closes.has(after.at(0) ?? "\n");
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

const isListed = /^\s{0,8}(?:[-*•#]|\d{1,3}[.)、:：]|[一二三四五六七八九十]{1,3}、)/mu;
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
