import { onOneLine } from "./one-line-grammar";
import type { ToolUse } from "./tools";

/** Calls in one answer. */
const MOST_CALLS = 8;

/**
 * A grammar for answers that may or must call tools. `callGrammar` is the grammar of one call as JSON. Where the model decides, a text
 * is what does not begin like a call; a call may stand bare or in a fence, as models write it that were not trained with tags.
 */
export function toolGrammar(callGrammar: string, { choice, parallel }: Pick<ToolUse, "choice" | "parallel">): string {
  const call = onOneLine(callGrammar).replace(/^root ::= /m, "one-call ::= ");
  const more = parallel ? ` ("\\n" tagged-call){0,${MOST_CALLS - 1}}` : "";
  const ways = [`tagged-call${more}`];
  if (choice === "auto") ways.push("one-call", '"```json\\n" one-call "\\n```"', "plain-text");
  return [
    `root ::= ${ways.join(" | ")}`,
    'tagged-call ::= "<tool_call>\\n" one-call "\\n</tool_call>"',
    // A first character that begins no call and is no space that could hide one.
    "plain-text ::= [^<{` \\t\\r\\n] [\\u0001-\\U0010FFFF]*",
    call,
  ].join("\n");
}
