import { onWhole, type Rule } from "./finding";
import { firstOf, formWords, lengthWords, wayOutWords } from "./words";

const says = (words: RegExp, texts: readonly { readonly text: string }[]): boolean =>
  texts.some(({ text }) => firstOf(words, text) !== null);

const noForm: Rule = ({ kind, content, texts }) =>
  kind !== "chat" || content.schema !== null || says(formWords, texts) ? [] : [onWhole("no-form", "constraints", 5)];

const noWayOut: Rule = ({ kind, texts }) =>
  kind === "text" || says(wayOutWords, texts) ? [] : [onWhole("no-way-out", "constraints", 3)];

const noLength: Rule = ({ kind, content, texts }) =>
  kind !== "chat" || content.schema !== null || says(lengthWords, texts)
    ? []
    : [onWhole("no-length", "constraints", 2)];

/** Whether it is said in what form, how long, and what to do where something is missing. */
export const constraintRules: readonly Rule[] = [noForm, noWayOut, noLength];
