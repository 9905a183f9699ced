import type { z } from "zod";
import type { Localized } from "./localized";
import type { ModelControl } from "./model-use";

/** Which control the inspector shows for a config field. Left out: chosen from the schema. */
export type FieldControl =
  | "text"
  | "multiline"
  | "number"
  | "slider"
  | "switch"
  | "select"
  | ModelControl
  | "template"
  | "request-url"
  | "agent-tools"
  | "code"
  | "credential"
  | "mcp-tool"
  | "json"
  | "json-schema"
  | "string-list"
  | "rows"
  | "input-fields"
  | "output-fields"
  | "labels"
  | "few-shot"
  | "model-list"
  | "choices"
  | "word-list"
  | "switch-cases"
  | "knowledge-base"
  | "tuned-classifier"
  | "tuned-chat-model"
  | "sub-pipeline"
  | "prompt"
  | "tool-pipeline"
  | "question-pairs";

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
  /** Shown only while each of the named settings beside it has one of these values. */
  readonly when?: Readonly<Record<string, readonly (string | boolean)[]>>;
  readonly [extra: string]: unknown;
}

/** Types the metadata of a config field; zod keeps it beside the schema. zod itself would have `title` be a string of one language. */
export const field = (meta: FieldMeta): z.GlobalMeta => meta as unknown as z.GlobalMeta;

/** What `field` said of a schema; undefined where it said nothing. */
export const fieldMeta = (schema: z.ZodType): FieldMeta | undefined => {
  const meta = schema.meta() as Partial<FieldMeta> | undefined;
  return meta?.title === undefined ? undefined : (meta as FieldMeta);
};
