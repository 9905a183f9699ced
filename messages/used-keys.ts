import { childrenOf, placeOf, type SourceFile, type SyntaxNode } from "./source-files";

export interface UsedKey {
  readonly place: string;
  readonly key: string;
  /** The key goes on with something computed: `state.` of `state.${kind}`. */
  readonly open: boolean;
}

type Scope = Map<string, string>;

const field = (node: SyntaxNode | undefined, name: string) => node?.[name] as SyntaxNode | undefined;

const literal = (node: SyntaxNode | undefined): string | null =>
  node?.type === "Literal" && typeof node.value === "string" ? node.value : null;

/** `useTranslations("x")`, `await getTranslations("x")`, in any number of parentheses. */
const namespaceOf = (node: SyntaxNode | undefined): string | null => {
  if (!node) return null;
  if (node.type === "AwaitExpression") return namespaceOf(field(node, "argument"));
  if (node.type === "ParenthesizedExpression") return namespaceOf(field(node, "expression"));
  if (node.type !== "CallExpression") return null;
  const callee = field(node, "callee");
  if (callee?.name !== "useTranslations" && callee?.name !== "getTranslations") return null;
  return literal((node.arguments as SyntaxNode[])[0]);
};

const isFunction = (node: SyntaxNode) => /Function/.test(node.type) && node.body !== null;

/** The literal parts of what is given as a key: both sides of `?`, the beginning of a template. */
const keysOf = (node: SyntaxNode | undefined): readonly { readonly key: string; readonly open: boolean }[] => {
  if (!node) return [];
  if (node.type === "ConditionalExpression") {
    return [...keysOf(field(node, "consequent")), ...keysOf(field(node, "alternate"))];
  }
  if (node.type === "TSAsExpression") return keysOf(field(node, "expression"));
  const text = literal(node);
  if (text !== null) return [{ key: text, open: false }];
  if (node.type !== "TemplateLiteral") return [];
  const [first, ...rest] = node.quasis as { value: { cooked: string } }[];
  return [{ key: first?.value.cooked ?? "", open: rest.length > 0 }];
};

/** `t: ReturnType<typeof useTranslations<"x">>`: a translator that was passed in says its namespace by its type. */
const typedNamespace = (node: SyntaxNode, text: string): string | null => {
  const annotation = field(node, "typeAnnotation");
  if (node.type !== "Identifier" || !annotation) return null;
  return /typeof useTranslations<"([^"]+)">/u.exec(text.slice(annotation.start, Number(annotation.end)))?.[1] ?? null;
};

/** Every message key a file names, with its namespace in front. A translator passed in without its type is not seen. */
export const usedKeys = (file: SourceFile): readonly UsedKey[] => {
  const found: UsedKey[] = [];
  const declare = (node: SyntaxNode, scope: Scope): void => {
    if (node.type === "VariableDeclarator") {
      const name = field(node, "id")?.name;
      const namespace = namespaceOf(field(node, "init"));
      if (typeof name === "string" && namespace !== null) scope.set(name, namespace);
    }
    const namespace = typedNamespace(node, file.text);
    if (namespace !== null && typeof node.name === "string") scope.set(node.name, namespace);
    for (const child of childrenOf(node)) if (!isFunction(child)) declare(child, scope);
  };
  const visit = (node: SyntaxNode, scope: Scope): void => {
    if (node.type === "CallExpression") {
      const callee = field(node, "callee");
      const method = callee?.type === "MemberExpression" ? field(callee, "property")?.name : undefined;
      const target = method === "rich" || method === "markup" || method === "raw" ? field(callee, "object") : callee;
      const known = typeof target?.name === "string" ? scope.get(target.name) : undefined;
      const namespace = known ?? namespaceOf(target);
      if (namespace !== undefined && namespace !== null) {
        for (const { key, open } of keysOf((node.arguments as SyntaxNode[])[0])) {
          found.push({ place: placeOf(file, node), key: `${namespace}.${key}`, open });
        }
      }
    }
    for (const child of childrenOf(node)) {
      const inner = isFunction(child) ? new Map(scope) : scope;
      if (isFunction(child)) for (const part of childrenOf(child)) declare(part, inner);
      visit(child, inner);
    }
  };
  const outermost: Scope = new Map();
  declare(file.program, outermost);
  visit(file.program, outermost);
  return found;
};
