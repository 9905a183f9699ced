import type { Localized } from "./localized";

/** Which control the inspector shows for a config field. Left out: chosen from the schema. */
export type FieldControl =
  | "text"
  | "multiline"
  | "number"
  | "slider"
  | "switch"
  | "select"
  | "chat-model"
  | "embedding-model"
  | "template"
  | "json"
  | "json-schema"
  | "string-list"
  | "rows"
  | "input-fields"
  | "output-fields"
  | "labels"
  | "few-shot"
  | "model-list";

/** What `.meta(field({...}))` on a config schema carries into the form, the docs and the OpenAPI fragment. */
export interface FieldMeta {
  readonly title: Localized;
  readonly help?: Localized;
  readonly placeholder?: Localized;
  readonly control?: FieldControl;
  /** Fields with the same group stand together, folded when `advanced`. */
  readonly group?: "main" | "output" | "advanced";
  /** Step of a slider or number. */
  readonly step?: number;
  /** Unit shown behind a number, e.g. "tokens". */
  readonly unit?: Localized;
  /** Titles of an enum's values. */
  readonly options?: Readonly<Record<string, Localized>>;
  readonly [extra: string]: unknown;
}

/** Types the metadata of a config field; zod keeps it beside the schema. */
export const field = (meta: FieldMeta): FieldMeta => meta;
