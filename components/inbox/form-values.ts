export type FieldKind = "choice" | "switch" | "number" | "text" | "long-text" | "json";

export interface FormFieldFacts {
  readonly name: string;
  readonly title: string;
  readonly help: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  /** Of a choice, as text. */
  readonly options: readonly string[];
}

type Schema = Readonly<Record<string, unknown>>;
const isSchema = (value: unknown): value is Schema =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => (typeof value === "string" ? value : "");

/** Characters of a text from which on it gets several lines. */
const longText = 200;

const kindOf = ({ type, enum: choices, maxLength, format }: Schema): FieldKind => {
  if (Array.isArray(choices) && choices.every((each) => typeof each === "string" || typeof each === "number"))
    return "choice";
  if (type === "boolean") return "switch";
  if (type === "number" || type === "integer") return "number";
  if (type !== "string") return "json";
  return format === undefined && (typeof maxLength !== "number" || maxLength > longText) ? "long-text" : "text";
};

/** The fields of a form: those that are required in the order in which the schema says so, then the others. What a document is stored in keeps no order of names. */
export const fieldsOf = (schema: Schema | null): readonly FormFieldFacts[] => {
  const properties = isSchema(schema?.properties) ? schema.properties : {};
  const required: readonly unknown[] = Array.isArray(schema?.required) ? schema.required : [];
  const place = (name: string): number => (required.includes(name) ? required.indexOf(name) : required.length);
  const ordered = Object.entries(properties).sort(([one], [other]) => place(one) - place(other));
  return ordered.map(([name, given]) => {
    const field = isSchema(given) ? given : {};
    const kind = kindOf(field);
    return {
      name,
      title: text(field.title) || name,
      help: text(field.description),
      kind,
      required: required.includes(name),
      options: kind === "choice" ? (field.enum as readonly unknown[]).map(String) : [],
    };
  });
};

export type FormTexts = Readonly<Record<string, string | boolean>>;

/** What the fields show before anybody has typed. */
export const textsOf = (schema: Schema | null, values: Readonly<Record<string, unknown>>): FormTexts =>
  Object.fromEntries(
    fieldsOf(schema).map(({ name, kind }) => {
      const properties = isSchema(schema?.properties) ? schema.properties : {};
      const field = Object.hasOwn(properties, name) ? properties[name] : undefined;
      const value = Object.hasOwn(values, name) ? values[name] : isSchema(field) ? field.default : undefined;
      if (kind === "switch") return [name, value === true];
      if (value === undefined) return [name, ""];
      return [name, kind === "json" ? JSON.stringify(value, null, 2) : String(value)];
    }),
  );

/** What was typed as values; what is left empty is left out. A field that cannot be read is sent as text, so that the server says what is wrong with it. */
export const valuesOf = (schema: Schema | null, texts: FormTexts): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    fieldsOf(schema).flatMap(({ name, kind, options }): [string, unknown][] => {
      const typed = Object.hasOwn(texts, name) ? texts[name] : undefined;
      if (kind === "switch") return [[name, typed === true]];
      if (typeof typed !== "string" || typed.trim() === "") return [];
      if (kind === "number") return [[name, Number.isNaN(Number(typed)) ? typed : Number(typed)]];
      if (kind === "choice") {
        const properties = schema?.properties as Schema;
        const values = (properties[name] as Schema).enum as readonly unknown[];
        return [[name, values[options.indexOf(typed)] ?? typed]];
      }
      if (kind !== "json") return [[name, typed]];
      try {
        return [[name, JSON.parse(typed)]];
      } catch {
        return [[name, typed]];
      }
    }),
  );
