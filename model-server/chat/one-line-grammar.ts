/**
 * Makes a grammar of node-llama-cpp write its JSON on one line and end right behind it. As it comes, it may indent, and wants four
 * line ends at the end: on a CPU each of those tokens is a tenth of a second. A grammar of another shape stays as it is.
 */
export const onOneLine = (grammar: string): string =>
  grammar
    .replace(/^(whitespace-\S+ ::=) .*$/gm, "$1 [ ]?")
    .replace(/^(comma-whitespace-\S+ ::=) .*$/gm, '$1 "," [ ]?')
    .replace(/^(root ::= .*?) "\\n\\n\\n\\n" \[\\n\]\*$/m, "$1");
