import { compileSchema, describeProblems, type SchemaProblem } from "@/nodes/lib/json-schema";
import type { JsonSchema } from "@/runtime/node/context";
import { isRecord } from "@/runtime/node/record";
import { RouteRefusal } from "@/server/platform/guard/route-refusal";
import { parameterRefusal } from "./openai-refusal";
import { refusePatterns } from "./pattern-weight";

type Values = Readonly<Record<string, unknown>>;
export type Validator = (value: unknown) => string | null;

/** How an answer is to be written: as text, or as JSON that keeps to a schema. */
export interface AnswerFormat {
  readonly kind: "text" | "json";
  /** What is wrong with a value; null where it keeps to the schema. */
  readonly check: Validator;
  /** What tells it from another. */
  readonly schema: unknown;
  /** To be called before the first check, once the run may begin: compiles the schema, or refuses it. null where there is nothing to do. */
  readonly prepare: (() => Promise<void>) | null;
}

const plain: AnswerFormat = { kind: "text", check: () => null, schema: null, prepare: null };
const anyJson: AnswerFormat = { kind: "json", check: () => null, schema: true, prepare: null };

/**
 * Reads `response_format` of chat completions and `text.format` of responses, which say the same in two shapes. `at` is the parameter's name.
 */
export const readAnswerFormat = (format: unknown, at: string): AnswerFormat => {
  if (format === undefined || format === null) return plain;
  const type = isRecord(format) ? format.type : format;
  if (type === "text") return plain;
  if (type === "json_object") return anyJson;
  if (type !== "json_schema" || !isRecord(format)) throw parameterRefusal(at, "This is no format of an answer.");
  const schema = isRecord(format.json_schema) ? format.json_schema.schema : format.schema;
  if (schema === undefined || schema === null) return anyJson;
  const tooMuch = refusePatterns(schema);
  if (tooMuch !== null) throw parameterRefusal(`${at}.schema`, `The schema cannot be used. ${tooMuch}`);
  if (!isRecord(schema)) throw parameterRefusal(`${at}.schema`, "The schema cannot be used.");
  let validate: ((value: unknown) => readonly SchemaProblem[]) | null = null;
  const prepare = async () => {
    const compiled = await compileSchema(schema as JsonSchema);
    if (!compiled.ok) throw parameterRefusal(`${at}.schema`, `The schema cannot be used. ${compiled.error}`);
    validate = compiled.value;
  };
  const check: Validator = (value) => {
    if (validate === null) throw new Error("the schema of an answer is compiled before its run begins");
    const problems = validate(value);
    return problems.length === 0 ? null : describeProblems(problems);
  };
  return { kind: "json", check, schema, prepare };
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
};

/**
 * What an answer says. As JSON it is the reply where that is an object, or a text of one, else all outputs by name; where it does not keep to the schema it is refused
 * with 422.
 */
export const writeAnswer = (outputs: Values, output: string | null, format: AnswerFormat, runId: string): string => {
  const value = output === null || !Object.hasOwn(outputs, output) ? undefined : outputs[output];
  if (format.kind === "text") return textOf(value);
  const read = typeof value === "string" ? parsed(value) : value;
  const given = isRecord(read) ? read : outputs;
  const problem = format.check(given);
  if (problem !== null) {
    throw new RouteRefusal(422, "output-invalid", `The answer does not keep to the schema of the request. ${problem}`, {
      hint: "Ask for what the pipeline's outputs hold, or have its owner give an output that keeps to it.",
      runId,
    });
  }
  return JSON.stringify(given);
};
