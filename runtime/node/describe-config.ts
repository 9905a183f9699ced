import { z } from "zod";
import type { FieldControl, FieldMeta } from "./field";
import type { Localized } from "./localized";

/** A config field as the form needs it: what its schema and its metadata say together. */
export interface FieldDescription {
  readonly name: string;
  readonly title: Localized;
  readonly help?: Localized;
  readonly placeholder?: Localized;
  readonly control: FieldControl;
  readonly group: NonNullable<FieldMeta["group"]>;
  readonly unit?: Localized;
  readonly options?: FieldMeta["options"];
  readonly step?: number;
  readonly when?: FieldMeta["when"];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  /** Values of an enum, in order. */
  readonly choices: readonly string[];
  /** May be left out altogether. */
  readonly optional: boolean;
  readonly initial: unknown;
  /** Fields of one item, where the value is a list of objects. */
  readonly item: readonly FieldDescription[];
}

const known = new WeakMap<z.ZodObject, readonly FieldDescription[]>();

export const describeConfig = (config: z.ZodObject): readonly FieldDescription[] => {
  let fields = known.get(config);
  if (!fields) {
    fields = Object.entries(config.shape).map(([name, schema]) => describeField(name, schema as z.ZodType));
    known.set(config, fields);
  }
  return fields;
};

const describeField = (name: string, schema: z.ZodType): FieldDescription => {
  const inner = unwrap(schema);
  const meta = metaOf(schema);
  const bounds = boundsOf(inner);
  const parsed = schema.safeParse(undefined);
  return {
    name,
    title: meta?.title ?? { en: name, zh: name },
    control: meta?.control ?? controlOf(inner),
    group: meta?.group ?? "main",
    choices: choicesOf(inner),
    optional: parsed.success && parsed.data === undefined,
    initial: parsed.success ? parsed.data : undefined,
    item: inner instanceof z.ZodArray ? itemFields(inner.element as z.ZodType) : [],
    ...bounds,
    ...(meta?.help ? { help: meta.help } : {}),
    ...(meta?.placeholder ? { placeholder: meta.placeholder } : {}),
    ...(meta?.unit ? { unit: meta.unit } : {}),
    ...(meta?.options ? { options: meta.options } : {}),
    ...(meta?.when ? { when: meta.when } : {}),
    ...(meta?.step === undefined ? {} : { step: meta.step }),
  };
};

/** Values of an enum, or of a list of them. */
const choicesOf = (inner: z.ZodType): readonly string[] => {
  const schema = inner instanceof z.ZodArray ? unwrap(inner.element as z.ZodType) : inner;
  return schema instanceof z.ZodEnum ? schema.options.map(String) : [];
};

/** Whether a setting makes sense beside the others. */
export const isShown = (
  { when = {} }: FieldDescription,
  fields: readonly FieldDescription[],
  values: Readonly<Record<string, unknown>>,
): boolean =>
  Object.entries(when).every(([name, wanted]) => {
    const value = values[name] ?? fields.find((field) => field.name === name)?.initial;
    return wanted.some((each) => each === value);
  });

const itemFields = (element: z.ZodType): readonly FieldDescription[] => {
  const inner = unwrap(element);
  return inner instanceof z.ZodObject ? describeConfig(inner) : [];
};

/** Metadata stands on the outermost schema or on one that it wraps. */
const metaOf = (schema: z.ZodType): FieldMeta | undefined => {
  for (let current: z.ZodType | undefined = schema; current; current = wrapped(current)) {
    const meta = current.meta();
    if (meta && "title" in meta && typeof meta.title === "object") return meta as unknown as FieldMeta;
  }
  return undefined;
};

const wrapped = (schema: z.ZodType): z.ZodType | undefined => {
  const def = schema.def as { readonly innerType?: z.ZodType; readonly in?: z.ZodType };
  return def.innerType ?? def.in;
};

const unwrap = (schema: z.ZodType): z.ZodType => {
  let current = schema;
  for (let next = wrapped(current); next; next = wrapped(current)) current = next;
  return current;
};

const controlOf = (schema: z.ZodType): FieldControl => {
  if (schema instanceof z.ZodString) return "text";
  if (schema instanceof z.ZodNumber) return "number";
  if (schema instanceof z.ZodBoolean) return "switch";
  if (schema instanceof z.ZodEnum) return "select";
  if (schema instanceof z.ZodArray) {
    const element = unwrap(schema.element as z.ZodType);
    if (element instanceof z.ZodString) return "string-list";
    if (element instanceof z.ZodEnum) return "choices";
    if (element instanceof z.ZodObject) return "rows";
  }
  return "json";
};

type Bounds = Pick<FieldDescription, "minimum" | "maximum" | "maxLength" | "minItems" | "maxItems">;

/** Bounds as JSON Schema names them; a schema that has no such form has none. */
const boundsOf = (schema: z.ZodType): Bounds => {
  let json: Record<string, unknown>;
  try {
    json = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" }) as Record<string, unknown>;
  } catch {
    return {};
  }
  const bounds: { -readonly [K in keyof Bounds]: Bounds[K] } = {};
  for (const name of ["minimum", "maximum", "maxLength", "minItems", "maxItems"] as const) {
    const value = json[name];
    if (typeof value === "number" && Math.abs(value) < Number.MAX_SAFE_INTEGER) bounds[name] = value;
  }
  return bounds;
};
