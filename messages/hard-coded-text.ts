import { childrenOf, placeOf, type SourceFile, type SyntaxNode } from "./source-files";

/** Attributes that somebody reads, of elements and of our components. */
const readAttributes = new Set([
  "title",
  "label",
  "placeholder",
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
  "alt",
  "description",
  "help",
  "hint",
  "aside",
  "content",
  "header",
  "heading",
]);

/** Elements whose text is the same in every language: code and names of keys. */
const untranslated = new Set(["code", "kbd", "Kbd", "style", "script"]);

const isAddress = (text: string): boolean => /^(https?:\/)?\/\S*$/.test(text);
const isShortcut = (text: string): boolean => /^((Ctrl|Shift|Alt|Del|Esc|Enter|Tab|[A-Z])( |\+|$))+$/.test(text);

const isWord = (text: string): boolean => /\p{L}{2}/u.test(text) && !isAddress(text) && !isShortcut(text);

/** The texts that an expression in JSX may show as they stand: literals, also behind `?`, `&&`, `||` and `??`. */
const shownTexts = (node: SyntaxNode | undefined): readonly string[] => {
  if (!node) return [];
  const at = (field: string) => node[field] as SyntaxNode | undefined;
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? [node.value] : [];
    case "TemplateLiteral":
      return (node.quasis as { value: { cooked: string | null } }[]).map((part) => part.value.cooked ?? "");
    case "ConditionalExpression":
      return [...shownTexts(at("consequent")), ...shownTexts(at("alternate"))];
    case "LogicalExpression":
      return [...shownTexts(at("left")), ...shownTexts(at("right"))];
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
      return shownTexts(at("expression"));
    case "JSXText":
      return [String(node.value)];
    default:
      return [];
  }
};

const elementName = (node: SyntaxNode): string => {
  const name = (node.openingElement as SyntaxNode | undefined)?.name as SyntaxNode | undefined;
  return typeof name?.name === "string" ? name.name : "";
};

/** Where a file shows a word that is not a message, as `file:line "word"`. */
export const hardCodedTexts = (file: SourceFile): readonly string[] => {
  const found: string[] = [];
  const take = (node: SyntaxNode, texts: readonly string[]) =>
    found.push(...texts.filter(isWord).map((text) => `${placeOf(file, node)} ${JSON.stringify(text.trim())}`));
  const visit = (node: SyntaxNode): void => {
    if (node.type === "JSXElement" && untranslated.has(elementName(node))) return;
    if (node.type === "JSXElement" || node.type === "JSXFragment") {
      for (const child of node.children as SyntaxNode[]) take(child, shownTexts(child));
    }
    if (node.type === "JSXAttribute") {
      const name = (node.name as SyntaxNode).name;
      if (typeof name === "string" && readAttributes.has(name))
        take(node, shownTexts(node.value as SyntaxNode | undefined));
    }
    for (const child of childrenOf(node)) visit(child);
  };
  visit(file.program);
  return found;
};
