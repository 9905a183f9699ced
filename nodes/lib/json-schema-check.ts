import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import type { JsonSchema } from "@/runtime/node/context";
import { isRecord } from "@/runtime/node/record";
import { patternProblem } from "./pattern";

export const schemaLimits = {
  /** Characters of the schema as JSON. */
  length: 100_000,
  depth: 32,
  subschemas: 2000,
} as const;

export const typeNames = ["null", "boolean", "object", "array", "number", "integer", "string"] as const;
const typeName = z.enum(typeNames);
const count = z.int().min(0);
const strings = z.array(z.string());
const pattern = z.string().superRefine((text, context) => {
  const problem = patternProblem(text);
  if (problem) context.addIssue({ code: "custom", message: problem });
});

/** Keywords whose value is no schema. What is neither here nor in the three lists below is refused, so that a slip of the pen is found. */
const plainKeywords = z.strictObject(
  z
    .object({
      type: z.union([typeName, z.array(typeName).min(1)]),
      enum: z.array(z.json()).min(1),
      const: z.json(),
      required: strings,
      dependentRequired: z.record(z.string(), strings),
      minProperties: count,
      maxProperties: count,
      minItems: count,
      maxItems: count,
      uniqueItems: z.boolean(),
      minContains: count,
      maxContains: count,
      minLength: count,
      maxLength: count,
      pattern,
      format: z.string(),
      minimum: z.number(),
      maximum: z.number(),
      exclusiveMinimum: z.number(),
      exclusiveMaximum: z.number(),
      multipleOf: z.number().positive(),
      $ref: z.string().startsWith("#", "Only references within the schema (#/...) are followed."),
      // Said about the value, never checked.
      $schema: z.string(),
      $comment: z.string(),
      title: z.string(),
      description: z.string(),
      default: z.json(),
      examples: z.array(z.json()),
      deprecated: z.boolean(),
      readOnly: z.boolean(),
      writeOnly: z.boolean(),
    })
    .partial().shape,
);
/** Keywords whose value is a schema, a list of schemas, or schemas by name. */
const single = ["additionalProperties", "propertyNames", "items", "contains", "not", "if", "then", "else"] as const;
const list = ["prefixItems", "allOf", "anyOf", "oneOf"] as const;
const named = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"] as const;
const has = (keywords: readonly string[], key: string) => keywords.includes(key);

export type Schema = boolean | JsonSchema;
const isSchema = (value: unknown): value is Schema => typeof value === "boolean" || isRecord(value);

/** The schema that `#`, `#/$defs/name` and the like point at; undefined where there is none. */
export const resolveReference = (root: Schema, reference: string): Schema | undefined => {
  if (reference === "#") return root;
  if (!reference.startsWith("#/")) return undefined;
  let current: unknown = root;
  for (const raw of reference.slice(2).split("/")) {
    let step: string;
    try {
      step = decodeURIComponent(raw).replaceAll("~1", "/").replaceAll("~0", "~");
    } catch {
      return undefined;
    }
    if (typeof current !== "object" || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string, unknown>)[step];
  }
  return isSchema(current) ? current : undefined;
};

/**
 * Whether a schema can be used: JSON Schema draft 2020-12 without `$id`, `$anchor`, dynamic references and the
 * `unevaluated…` keywords. Gives every pattern in it; the error says where and what.
 */
export const checkSchema = (root: unknown): Result<readonly string[], string> => {
  if (!isSchema(root)) return fail('A schema is an object, such as {"type": "object"}.');
  if (JSON.stringify(root).length > schemaLimits.length) {
    return fail(`The schema is longer than ${schemaLimits.length} characters.`);
  }
  const patterns = new Set<string>();
  let seen = 0;

  const visit = (schema: unknown, path: string, depth: number): string | null => {
    if (!isSchema(schema)) return `${path} must be a schema: an object, true or false.`;
    if (typeof schema === "boolean") return null;
    seen += 1;
    if (seen > schemaLimits.subschemas) return `The schema holds more than ${schemaLimits.subschemas} schemas.`;
    if (depth > schemaLimits.depth) return `The schema is nested deeper than ${schemaLimits.depth} levels.`;
    const plain: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(schema)) {
      const at = `${path}/${key}`;
      let problem: string | null = null;
      if (has(single, key)) problem = visit(value, at, depth + 1);
      else if (has(list, key)) {
        if (!Array.isArray(value) || value.length === 0) return `${at} must be a list of schemas.`;
        problem = first(value.entries(), at, depth);
      } else if (has(named, key)) {
        if (!isRecord(value)) return `${at} must hold schemas by name.`;
        const odd = key === "patternProperties" ? Object.keys(value).map(patternProblem).find(Boolean) : undefined;
        problem = odd ? `${at}: ${odd}` : first(Object.entries(value), at, depth);
      } else if (!key.startsWith("x-")) plain[key] = value;
      if (problem) return problem;
    }
    const parsed = plainKeywords.safeParse(plain);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      if (issue?.code === "unrecognized_keys") return `${path}: the keyword "${issue.keys[0]}" is not supported.`;
      return `${[path, ...(issue?.path ?? [])].join("/")}: ${issue?.message}`;
    }
    const { $ref } = parsed.data;
    if ($ref !== undefined && resolveReference(root, $ref) === undefined) return `${path}/$ref: there is no ${$ref}.`;
    for (const text of [schema.pattern, ...Object.keys(schema.patternProperties ?? {})]) {
      if (typeof text === "string") patterns.add(text);
    }
    return null;
  };
  const first = (entries: Iterable<[string | number, unknown]>, path: string, depth: number): string | null => {
    for (const [name, child] of entries) {
      const problem = visit(child, `${path}/${name}`, depth + 1);
      if (problem) return problem;
    }
    return null;
  };

  const problem = visit(root, "#", 0);
  return problem ? fail(problem) : ok([...patterns]);
};

/** A config field that holds a usable schema, or null. */
export const schemaField = z
  .record(z.string(), z.json())
  .superRefine((schema, context) => {
    const checked = checkSchema(schema);
    if (!checked.ok) context.addIssue({ code: "custom", message: checked.error });
  })
  .nullable();
