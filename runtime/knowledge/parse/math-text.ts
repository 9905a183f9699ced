/** A part of an equation: an element of MathML or of Word's equations by its local name, with its attributes, or a text. */
export interface MathNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: MathNode[];
  text: string;
}

export const mathNode = (name: string, attributes: Readonly<Record<string, string>> = {}): MathNode => ({
  name,
  attributes,
  children: [],
  text: "",
});

/** An equation on one line: `a/b = x^2`, `√(x+1)`, `∑_(i=1)^n i`. */
export const mathText = (node: MathNode): string => linear(node).replace(/\s+/g, " ").trim();

const skipped = new Set([
  "annotation",
  "annotation-xml",
  "ctrlPr",
  "rPr",
  "argPr",
  "mphantom",
  "maligngroup",
  "malignmark",
]);

/** Beyond it nothing that a person has written is lost. */
const deepest = 200;

function linear(node: MathNode, depth = 0): string {
  if (depth > deepest) return "";
  const within = (part: MathNode): string => linear(part, depth + 1);
  const all = (whole: MathNode): string => whole.text + whole.children.map(within).join("");
  if (skipped.has(node.name)) return "";
  const child = (index: number) => (node.children[index] ? within(node.children[index]) : "");
  const named = (name: string) => {
    const found = node.children.find((part) => part.name === name);
    return found ? within(found) : "";
  };
  const property = (properties: string, name: string): string | undefined => {
    const found = node.children.find((part) => part.name === properties)?.children.find((part) => part.name === name);
    if (!found) return undefined;
    return Object.entries(found.attributes).find(([key]) => key === "val" || key.endsWith(":val"))?.[1] ?? "";
  };
  switch (node.name) {
    case "mfrac":
      return fraction(child(0), child(1));
    case "f":
      return fraction(named("num"), named("den"));
    case "msup":
      return raised(child(0), child(1));
    case "sSup":
      return raised(named("e"), named("sup"));
    case "msub":
      return `${child(0)}${index(child(1))}`;
    case "sSub":
      return `${named("e")}${index(named("sub"))}`;
    case "msubsup":
    case "munderover":
      return `${child(0)}${index(child(1))}${power(child(2))}`;
    case "sSubSup":
      return `${named("e")}${index(named("sub"))}${power(named("sup"))}`;
    case "sPre":
      return `${index(named("sub"))}${power(named("sup"))}${named("e")}`;
    case "munder":
      return `${child(0)}${index(child(1))}`;
    case "limLow":
      return `${named("e")}${index(named("lim"))}`;
    case "mover":
    case "limUpp":
      return over(node.name === "mover" ? child(0) : named("e"), node.name === "mover" ? child(1) : named("lim"));
    case "acc":
      return over(named("e"), property("accPr", "chr") ?? "^");
    case "msqrt":
      return root("", all(node));
    case "mroot":
      return root(child(1), child(0));
    case "rad":
      return root(named("deg"), named("e"));
    case "nary": {
      const sum = `${property("naryPr", "chr") ?? "∫"}${index(named("sub"))}${power(named("sup"))}`;
      return `${sum} ${named("e")}`;
    }
    case "func": {
      // Once: an element within an element within an element would be read again and again.
      const argument = named("e");
      return `${named("fName")}${/^[\s(]/.test(argument) ? "" : " "}${argument}`;
    }
    case "d": {
      const parts = node.children.filter(({ name }) => name === "e").map(within);
      const separator = property("dPr", "sepChr") ?? "|";
      return `${property("dPr", "begChr") ?? "("}${parts.join(separator)}${property("dPr", "endChr") ?? ")"}`;
    }
    case "mfenced":
      return `${node.attributes.open ?? "("}${node.children.map(within).join(node.attributes.separators ?? ",")}${node.attributes.close ?? ")"}`;
    case "mtable":
    case "m":
      return `[${node.children
        .map(within)
        .filter((row) => row !== "")
        .join("; ")}]`;
    case "mtr":
    case "mlabeledtr":
    case "mr":
      return node.children.map(within).join(", ");
    case "eqArr":
      return node.children
        .map(within)
        .filter((row) => row !== "")
        .join("; ");
    case "mspace":
      return " ";
    case "semantics":
      return child(0);
    case "mtext":
    case "ms":
      return ` ${all(node)} `;
    default:
      // Properties hold no text but in attributes.
      return node.name.endsWith("Pr") ? "" : all(node);
  }
}

/** In parentheses where it is more than one number or name. */
const group = (text: string): string => {
  const trimmed = text.trim();
  return /^(?:[\p{L}\p{N}.,∞′']*|\(.*\)|\[.*\])$/u.test(trimmed) && !/^\([^()]*\).*\(/.test(trimmed)
    ? trimmed
    : `(${trimmed})`;
};
const fraction = (above: string, below: string): string => `${group(above)}/${group(below)}`;
const power = (text: string): string => {
  const trimmed = text.trim();
  if (trimmed === "") return "";
  return /^[′'″*†°]+$/u.test(trimmed) ? trimmed : `^${group(trimmed)}`;
};
const raised = (base: string, exponent: string): string =>
  `${/^[\p{L}\p{N}.]*$|^\(.*\)$/u.test(base.trim()) ? base : `(${base.trim()})`}${power(exponent)}`;
const index = (text: string): string => (text.trim() === "" ? "" : `_${group(text)}`);
const root = (degree: string, text: string): string =>
  `${degree.trim() === "" ? "√" : `${group(degree)}√`}(${text.trim()})`;
const accents: Readonly<Record<string, string>> = {
  "^": "\u0302",
  "\u0302": "\u0302",
  "¯": "\u0304",
  "\u0305": "\u0305",
  "→": "\u20d7",
  "\u20d7": "\u20d7",
  "˙": "\u0307",
  "\u0307": "\u0307",
  "~": "\u0303",
  "\u0303": "\u0303",
  "‾": "\u0305",
};
const over = (base: string, mark: string): string => {
  const accent = accents[mark.trim()];
  return accent && [...base.trim()].length === 1 ? `${base.trim()}${accent}` : `${base}${power(mark)}`;
};
