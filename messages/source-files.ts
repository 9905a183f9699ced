import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseSync } from "oxc-parser";

const root = path.resolve(import.meta.dirname, "..");

export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}

export interface SourceFile {
  /** From the repository's root. */
  readonly name: string;
  readonly text: string;
  readonly program: SyntaxNode;
}

/** Every file of the interface that may show text, parsed. */
export const interfaceFiles = (): readonly SourceFile[] =>
  ["app", "components"].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .map((file) => {
        const name = path.join(folder, file);
        const text = readFileSync(path.join(root, name), "utf8");
        const { program, errors } = parseSync(name, text);
        if (errors.length > 0) throw new Error(`${name} cannot be parsed: ${errors[0]?.message}`);
        return { name, text, program: program as unknown as SyntaxNode };
      }),
  );

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** The nodes right below a node. */
export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));

export const placeOf = ({ name, text }: Pick<SourceFile, "name" | "text">, node: SyntaxNode): string =>
  `${name}:${text.slice(0, node.start).split("\n").length}`;
