import type { GraphDocument } from "@/runtime/graph/document";
import { resolveNode } from "@/runtime/graph/resolve-node";
import type { Catalog } from "@/runtime/node/catalog";
import { type InputField, isFileKind } from "@/runtime/node/define-node";
import { parseExactJson } from "@/runtime/node/exact-json";
import { acceptsFile } from "@/runtime/node/file-accept";
import { asFile, fileText, formatSize, readFileText } from "./file-value";

/** What stands in the form, as typed: text for every kind; a file by its reference as JSON. */
export type FormValues = Readonly<Record<string, string>>;

export type InputFault =
  | { readonly fault: "required" }
  | { readonly fault: "too-long"; readonly count: number; readonly most: number }
  | { readonly fault: "not-a-number" }
  | { readonly fault: "too-many-digits" }
  | { readonly fault: "too-small"; readonly least: number }
  | { readonly fault: "too-large"; readonly most: number }
  | { readonly fault: "not-a-choice" }
  | { readonly fault: "not-json" }
  | { readonly fault: "not-a-file" }
  | { readonly fault: "file-type"; readonly types: string }
  | { readonly fault: "file-too-large"; readonly most: string };

/** The fields a run of this document asks for, in the order of its input nodes. */
export const inputFieldsOf = (document: GraphDocument, catalog: Catalog): readonly InputField[] =>
  document.nodes.flatMap((node) => {
    if (node.disabled) return [];
    const { definition, config } = resolveNode(node, catalog);
    return definition?.boundary?.kind === "input" && config !== undefined ? definition.boundary.fields(config) : [];
  });

/** How a stored value stands in the form. */
export const formText = (field: InputField, value: unknown): string => {
  if (value === undefined || value === null) return "";
  if (isFileKind(field.kind)) {
    const file = asFile(value);
    return file === null ? "" : fileText(file);
  }
  if (field.kind === "json") return JSON.stringify(value, null, 2);
  return typeof value === "string" ? value : String(value);
};

export const initialValues = (
  fields: readonly InputField[],
  stored: Readonly<Record<string, unknown>>,
): Record<string, string> =>
  Object.fromEntries(
    fields.map((field) => [
      field.name,
      formText(field, Object.hasOwn(stored, field.name) ? stored[field.name] : field.default),
    ]),
  );

export interface ReadInputs {
  /** What a run is started with; fields left empty are left out. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly faults: Readonly<Record<string, InputFault>>;
}

/** Turns the form into a run's inputs. The server checks again; this is so that a slip is told at once. */
export const readInputs = (fields: readonly InputField[], values: FormValues): ReadInputs => {
  const inputs: Record<string, unknown> = {};
  const faults: Record<string, InputFault> = {};
  for (const field of fields) {
    const text = Object.hasOwn(values, field.name) ? (values[field.name] ?? "") : "";
    const read = readField(field, text);
    if ("fault" in read) faults[field.name] = read;
    else if (read.value !== undefined) inputs[field.name] = read.value;
  }
  return { inputs, faults };
};

const readField = (field: InputField, text: string): { readonly value: unknown } | InputFault => {
  if (text.trim() === "") return field.required ? { fault: "required" } : { value: undefined };
  switch (field.kind) {
    case "text":
      return field.maxLength !== undefined && text.length > field.maxLength
        ? { fault: "too-long", count: text.length, most: field.maxLength }
        : { value: text };
    case "number": {
      const number = Number(text);
      if (!Number.isFinite(number)) return { fault: "not-a-number" };
      // Written as they are, its last digits would be others.
      if (/^\s*[-+]?\d{16,}\s*$/.test(text) && !Number.isSafeInteger(number)) return { fault: "too-many-digits" };
      if (field.minimum !== undefined && number < field.minimum) return { fault: "too-small", least: field.minimum };
      if (field.maximum !== undefined && number > field.maximum) return { fault: "too-large", most: field.maximum };
      return { value: number };
    }
    case "choice":
      return field.options?.includes(text) ? { value: text } : { fault: "not-a-choice" };
    case "json":
      try {
        return { value: parseExactJson(text) };
      } catch {
        return { fault: "not-json" };
      }
    case "image":
    case "audio":
    case "file": {
      const file = readFileText(text);
      if (file === null) return { fault: "not-a-file" };
      const { accept = [], maxBytes } = field;
      if (!acceptsFile(accept, file)) return { fault: "file-type", types: accept.join(", ") };
      if (maxBytes !== undefined && file.size > maxBytes)
        return { fault: "file-too-large", most: formatSize(maxBytes) };
      return { value: file };
    }
    default:
      return field.kind satisfies never;
  }
};
