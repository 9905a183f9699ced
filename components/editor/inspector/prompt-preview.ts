import { pick } from "@/nodes/lib/json-path";
import { readable } from "@/nodes/lib/readable";
import { parseTemplate } from "@/nodes/lib/template";
import type { FieldDescription } from "@/runtime/node/describe-config";

/** A stretch of a filled-in prompt: plain text, a value that came in, or a variable that nothing is known of yet. */
export interface PreviewPart {
  readonly kind: "text" | "value" | "missing";
  readonly text: string;
}

export interface PreviewMessage {
  readonly role: "system" | "user" | "assistant";
  /** Whether it is an example and not part of the conversation. */
  readonly example: boolean;
  readonly parts: readonly PreviewPart[];
}

export const previewTemplate = (template: string, values: Readonly<Record<string, unknown>>): readonly PreviewPart[] =>
  parseTemplate(template).map((part): PreviewPart => {
    if (part.kind === "text") return { kind: "text", text: part.text };
    if (part.kind === "malformed") return { kind: "text", text: part.source };
    if (!Object.hasOwn(values, part.name)) return { kind: "missing", text: part.source };
    const picked = pick(structured(values[part.name], part.path.length > 0), part.path);
    return picked.ok ? { kind: "value", text: readable(picked.value) } : { kind: "missing", text: part.source };
  });

const structured = (value: unknown, reachesIn: boolean): unknown => {
  if (!reachesIn || typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
};

/** The messages that a node's settings make: its instructions, its examples, then what it asks. */
export const previewMessages = (
  fields: readonly FieldDescription[],
  config: Readonly<Record<string, unknown>>,
  values: Readonly<Record<string, unknown>>,
): readonly PreviewMessage[] => {
  const templates = fields.filter(({ control }) => control === "template");
  const message = ({ name, initial }: FieldDescription): PreviewMessage[] => {
    const template = config[name] ?? initial;
    if (typeof template !== "string" || template.trim() === "") return [];
    const role = name === "system" ? "system" : "user";
    return [{ role, example: false, parts: previewTemplate(template, values) }];
  };
  const examples = fields
    .filter(({ control }) => control === "few-shot")
    .flatMap(({ name }) => (Array.isArray(config[name]) ? (config[name] as readonly unknown[]) : []))
    .flatMap((example): PreviewMessage[] => {
      const { user, assistant } = example as { readonly user?: unknown; readonly assistant?: unknown };
      return [
        { role: "user", example: true, parts: [{ kind: "text", text: String(user ?? "") }] },
        { role: "assistant", example: true, parts: [{ kind: "text", text: String(assistant ?? "") }] },
      ];
    });
  return [
    ...templates.filter(({ name }) => name === "system").flatMap(message),
    ...examples,
    ...templates.filter(({ name }) => name !== "system").flatMap(message),
  ];
};
