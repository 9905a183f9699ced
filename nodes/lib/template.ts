import { NodeFailure } from "@/runtime/node/node-failure";
import { formatPath, type PathStep, parsePath, pick } from "./json-path";
import { readable } from "./readable";
import { TextRoom } from "./text-room";
import { isVariableName, variableNamePattern } from "./variable-name";

export const templateLimits = { length: 100_000, variables: 64 } as const;

/**
 * A template is text with `{{name}}`, or `{{name.field[0]}}` to reach into a value. `\{{name}}` writes `{{name}}` itself and
 * `\\{{name}}` a backslash before the value; a backslash anywhere else is a backslash. Braces that hold no variable are text.
 */
export type TemplatePart = {
  /** The part as it stands in the template; the sources of all parts joined are the template. */
  readonly source: string;
  /** Index of the first UTF-16 unit of `source` in the template. */
  readonly start: number;
} & (
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "variable"; readonly name: string; readonly path: readonly PathStep[] }
  /** Looks like a variable and is none, such as `{{user name}}`. Written out as it stands; an editor underlines it. */
  | { readonly kind: "malformed" }
);

const variable = new RegExp(
  `\\{\\{[ \\t]{0,16}(${variableNamePattern.source})((?:\\.[\\p{L}_][\\p{L}\\p{M}\\p{N}_-]{0,63}|\\[-?\\d{1,6}\\]){0,16})[ \\t]{0,16}\\}\\}`,
  "uy",
);
/** Quotes, colons and commas mark JSON, which is left in peace. */
const malformed = /\{\{[^{}"':,\r\n]{0,80}\}\}/y;

/** Templates parsed last: a published pipeline fills the same few again and again. */
const known = new Map<string, readonly TemplatePart[]>();
const knownBounds = { templates: 500, length: 10_000 } as const;

/** Never fails: whatever is no variable is text. */
export const parseTemplate = (template: string): readonly TemplatePart[] => {
  if (template.length > knownBounds.length) return partsOf(template);
  let parts = known.get(template);
  if (parts === undefined) {
    parts = partsOf(template);
    if (known.size >= knownBounds.templates) known.clear();
    known.set(template, parts);
  }
  return parts;
};

const partsOf = (template: string): readonly TemplatePart[] => {
  const parts: TemplatePart[] = [];
  let textFrom = 0;
  const closeText = (end: number) => {
    if (end <= textFrom) return;
    const source = template.slice(textFrom, end);
    parts.push({ kind: "text", source, start: textFrom, text: source });
  };

  let at = template.indexOf("{{");
  while (at >= 0) {
    variable.lastIndex = at;
    const found = variable.exec(template);
    const name = found?.[1] ?? "";
    if (found && isVariableName(name)) {
      let slashesFrom = at;
      while (slashesFrom > textFrom && template[slashesFrom - 1] === "\\") slashesFrom -= 1;
      const slashes = at - slashesFrom;
      const escaped = slashes % 2 === 1;
      closeText(slashesFrom);
      if (slashes > 0) {
        const end = escaped ? variable.lastIndex : at;
        const literal = "\\".repeat(Math.floor(slashes / 2)) + (escaped ? found[0] : "");
        parts.push({ kind: "text", source: template.slice(slashesFrom, end), start: slashesFrom, text: literal });
      }
      if (!escaped) {
        const path = parsePath((found[2] ?? "").replace(/^\./, ""));
        parts.push({ kind: "variable", source: found[0], start: at, name, path: path.ok ? path.value : [] });
      }
      textFrom = variable.lastIndex;
    } else {
      malformed.lastIndex = at;
      const odd = malformed.exec(template);
      if (odd) {
        closeText(at);
        parts.push({ kind: "malformed", source: odd[0], start: at });
        textFrom = malformed.lastIndex;
      }
    }
    // One brace on, so that `{{{name}}}` is a value in braces.
    at = template.indexOf("{{", Math.max(textFrom, at + 1));
  }
  closeText(template.length);
  return parts;
};

export interface TemplateVariable {
  readonly name: string;
  /** Whether the template reaches into the value, so that it must come as data and not as text. */
  readonly structured: boolean;
}

/** Each variable once, in the order of first use. */
export const templateVariables = (...templates: readonly string[]): readonly TemplateVariable[] => {
  const found = new Map<string, boolean>();
  for (const template of templates) {
    for (const part of parseTemplate(template)) {
      if (part.kind === "variable") found.set(part.name, (found.get(part.name) ?? false) || part.path.length > 0);
    }
  }
  return [...found].map(([name, structured]) => ({ name, structured }));
};

/**
 * Fills a template in one pass: what a value holds is never read as a template again. A variable that nobody sent, or a path
 * that finds nothing, is a `NodeFailure`, since a prompt with a silent hole in it does harm.
 */
export const renderTemplate = (template: string, values: Readonly<Record<string, unknown>>): string => {
  const room = new TextRoom("The text");
  return parseTemplate(template)
    .map((part) => room.take(rendered(part, values)))
    .join("");
};

const rendered = (part: TemplatePart, values: Readonly<Record<string, unknown>>): string => {
  if (part.kind === "text") return part.text;
  if (part.kind === "malformed") return part.source;
  const value = Object.hasOwn(values, part.name) ? values[part.name] : undefined;
  if (value === undefined) throw new NodeFailure("value-invalid", `Nothing was delivered for {{${part.name}}}.`);
  const picked = pick(part.path.length > 0 ? parsed(value) : value, part.path);
  if (picked.ok) return readable(picked.value);
  throw new NodeFailure("value-invalid", `{{${part.name}.${formatPath(part.path)}}} found nothing: ${picked.error}`, {
    hint: `Check what is wired into ${part.name}.`,
  });
};

/** A model's JSON arrives as text on many wires; a path into it should work all the same. */
const parsed = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};
