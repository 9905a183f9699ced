import { templateVariables } from "../../template";
import { type Finding, type FindingCode, onWhole, quoteOf, type Rule } from "./finding";

const few = 3;

const onRow = (code: FindingCode, points: number, index: number, text: string): Finding => ({
  code,
  part: "examples",
  points,
  at: { field: "examples", index },
  quote: quoteOf(text),
});

const tooFew: Rule = ({ kind, content: { examples } }) => {
  if (kind !== "chat") return [];
  if (examples.length === 0) return [onWhole("no-examples", "examples", 10)];
  return examples.length === 1 ? [onWhole("one-example", "examples", 4)] : [];
};

const same: Rule = ({ content: { examples } }) => {
  const seen = new Set<string>();
  const rows = examples.flatMap(({ user }, index) => {
    const text = user.trim();
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    return [onRow("same-examples", 5, index, user)];
  });
  const replies = new Set(examples.map(({ assistant }) => assistant.trim()));
  return examples.length >= few && replies.size === 1 ? [...rows, onWhole("same-replies", "examples", 6)] : rows;
};

/** Examples are sent as they stand: nothing is filled into them. */
const braces: Rule = ({ content: { examples } }) =>
  examples.flatMap(({ user, assistant }, index) => {
    const [variable] = templateVariables(user, assistant);
    return variable === undefined ? [] : [onRow("braces-in-example", 6, index, `{{${variable.name}}}`)];
  });

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const notJson: Rule = ({ content: { examples, schema } }) =>
  schema === null
    ? []
    : examples.flatMap(({ assistant }, index) =>
        isJson(assistant) ? [] : [onRow("reply-not-json", 8, index, assistant)],
      );

/** Whether the examples show what is wanted. */
export const exampleRules: readonly Rule[] = [tooFew, same, braces, notJson];
