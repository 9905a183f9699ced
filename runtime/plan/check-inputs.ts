import { findJsonFault, jsonBytes } from "@/runtime/graph/json-shape";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { FileKind, InputField } from "@/runtime/node/define-node";
import { acceptsFile, usualTypes } from "@/runtime/node/file-accept";
import { fileReference } from "@/runtime/node/file-reference";
import { getOwn, setOwn } from "@/runtime/node/record";

/** Bounds of what a caller may send into one run. */
export const inputLimits = {
  /** Characters of a text field that sets no limit of its own. */
  textLength: 200_000,
  /** Bytes of one JSON field. */
  jsonBytes: 1024 * 1024,
  jsonDepth: 64,
} as const;

/** The interface translates `code` with `params`; `message` is the English sentence. */
export interface InputProblem {
  /** Name of the field; empty where the inputs as a whole are wrong. */
  readonly field: string;
  readonly code:
    | "not-an-object"
    | "unknown-field"
    | "missing"
    | "wrong-type"
    | "too-long"
    | "too-large"
    | "too-deep"
    | "below-minimum"
    | "above-maximum"
    | "not-an-option"
    | "file-type"
    | "file-too-large"
    | "file-missing";
  readonly message: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export type RunInputs = Readonly<Record<string, unknown>>;

/** What a run starts with: every field checked, defaults filled in, optional fields left out where nothing was given. */
export const checkInputs = (
  fields: readonly InputField[],
  inputs: unknown,
): Result<RunInputs, readonly InputProblem[]> => {
  if (typeof inputs !== "object" || inputs === null || Array.isArray(inputs)) {
    return fail([problem("", "not-an-object", "The inputs are a JSON object with one member for each field.")]);
  }
  const problems: InputProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    const given = asWritten(field, getOwn(inputs as RunInputs, field.name));
    if (isMissing(given)) {
      if (field.default !== undefined) setOwn(values, field.name, field.default);
      else if (field.required) problems.push(problem(field.name, "missing", `"${field.name}" is required.`));
      // An empty text is a value of an optional text field.
      else if (given === "" && field.kind === "text") setOwn(values, field.name, given);
      continue;
    }
    const wrong = checkField(field, given);
    if (wrong === null) setOwn(values, field.name, given);
    else problems.push(wrong);
  }
  const known = new Set(fields.map(({ name }) => name));
  for (const name of Object.keys(inputs)) {
    if (known.has(name)) continue;
    const shown = name.slice(0, 100);
    const names = [...known].join(", ");
    problems.push(
      problem(shown, "unknown-field", `There is no field "${shown}". The fields are: ${names || "none"}.`, { names }),
    );
    if (problems.length >= mostProblems) break;
  }
  return problems.length === 0 ? ok(values) : fail(problems);
};

const mostProblems = 50;

const isMissing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "string" && value.trim() === "");

const problem = (
  field: string,
  code: InputProblem["code"],
  message: string,
  params: InputProblem["params"] = {},
): InputProblem => ({ field, code, message, params: { field, ...params } });

/** A number or a yes or no fits a text as it is written: the column of a table may hold them. */
const asWritten = ({ kind }: InputField, value: unknown): unknown => {
  const isPlain = typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value));
  return isPlain && (kind === "text" || kind === "choice") ? String(value) : value;
};

const checkField = (field: InputField, value: unknown): InputProblem | null => {
  const { name, kind } = field;
  switch (kind) {
    case "text": {
      if (typeof value !== "string") return wrongType(name, "text", value);
      const most = field.maxLength ?? inputLimits.textLength;
      if (value.length <= most) return null;
      return problem(name, "too-long", `"${name}" has ${value.length} characters; at most ${most} are allowed.`, {
        length: value.length,
        most,
      });
    }
    case "number": {
      if (typeof value === "string" && /^-?\d{16,}$/.test(value)) {
        const said = `"${name}" has more digits than a number keeps. Declare it as text, or send fewer than 16.`;
        return problem(name, "wrong-type", said, { expected: "number", received: "string" });
      }
      if (typeof value !== "number" || !Number.isFinite(value)) return wrongType(name, "number", value);
      if (field.minimum !== undefined && value < field.minimum) {
        return problem(name, "below-minimum", `"${name}" must be at least ${field.minimum}.`, { least: field.minimum });
      }
      if (field.maximum !== undefined && value > field.maximum) {
        return problem(name, "above-maximum", `"${name}" must be at most ${field.maximum}.`, { most: field.maximum });
      }
      return null;
    }
    case "choice": {
      if (typeof value !== "string") return wrongType(name, "text", value);
      const options = field.options ?? [];
      if (options.includes(value)) return null;
      const list = options.join(", ");
      return problem(name, "not-an-option", `"${name}" must be one of: ${list}.`, { options: list });
    }
    case "json":
      return checkJson(name, value);
    case "image":
    case "audio":
    case "file":
      return checkFile(field, kind, value);
    default:
      return kind satisfies never;
  }
};

const checkJson = (name: string, value: unknown): InputProblem | null => {
  const fault = findJsonFault(value, { depth: inputLimits.jsonDepth });
  if (fault?.kind === "too-deep") {
    return problem(name, "too-deep", `"${name}" is nested more than ${inputLimits.jsonDepth} deep.`, {
      most: inputLimits.jsonDepth,
    });
  }
  if (fault !== null) return wrongType(name, "json", value);
  const bytes = jsonBytes(value);
  if (bytes <= inputLimits.jsonBytes) return null;
  return problem(name, "too-large", `"${name}" has ${bytes} bytes; at most ${inputLimits.jsonBytes} are allowed.`, {
    bytes,
    most: inputLimits.jsonBytes,
  });
};

const checkFile = ({ name, maxBytes, accept }: InputField, kind: FileKind, value: unknown): InputProblem | null => {
  const parsed = fileReference.safeParse(value);
  if (!parsed.success) return wrongType(name, "file", value);
  const file = parsed.data;
  const types = accept ?? usualTypes(kind);
  if (!acceptsFile(types, file)) {
    const message = `"${name}" takes ${types.join(", ")}, not ${file.mediaType}.`;
    return problem(name, "file-type", message, { types: types.join(", "), received: file.mediaType });
  }
  if (maxBytes === undefined || file.size <= maxBytes) return null;
  return problem(name, "file-too-large", `"${name}" has ${file.size} bytes; at most ${maxBytes} are allowed.`, {
    bytes: file.size,
    most: maxBytes,
  });
};

/** A file that was named but is not there, or is another workspace's. Found by whoever looks into the store. */
export const fileMissing = (name: string): InputProblem =>
  problem(name, "file-missing", `The file given for "${name}" is not stored, or no longer. Upload it again.`);

const wrongType = (name: string, expected: keyof typeof article, value: unknown): InputProblem => {
  const received = Array.isArray(value) ? "list" : typeof value;
  return problem(name, "wrong-type", `"${name}" must be ${article[expected]}, not ${received}.`, {
    expected,
    received,
  });
};
const article = { text: "a text", number: "a number", json: "plain JSON", file: "the reference of a file" } as const;
