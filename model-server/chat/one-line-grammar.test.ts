import { describe, expect, it } from "vitest";
import { onOneLine } from "./one-line-grammar";

describe("onOneLine", () => {
  it("takes out indentation and the line ends behind the value", () => {
    const grammar = String.raw`root ::= "{" whitespace-b-1-4-rule "\"label\"" ":" [ ]? rule0 whitespace-b-0-4-rule "}" "\n\n\n\n" [\n]*
val0 ::= "\"a\\n\\n\""
rule0 ::= ( val0 )
whitespace-b-1-4-rule ::= [\n] ("    " | "\t") | [ ]?
comma-whitespace-b-1-4-rule ::= "," ([\n] ("    " | "\t") | [ ]?)
whitespace-b-0-4-rule ::= [\n] | [ ]?`;
    expect(
      onOneLine(grammar),
    ).toBe(String.raw`root ::= "{" whitespace-b-1-4-rule "\"label\"" ":" [ ]? rule0 whitespace-b-0-4-rule "}"
val0 ::= "\"a\\n\\n\""
rule0 ::= ( val0 )
whitespace-b-1-4-rule ::= [ ]?
comma-whitespace-b-1-4-rule ::= "," [ ]?
whitespace-b-0-4-rule ::= [ ]?`);
  });

  it("leaves a grammar of another shape alone", () => {
    const grammar = 'root ::= "yes" | "no"';
    expect(onOneLine(grammar)).toBe(grammar);
  });
});
