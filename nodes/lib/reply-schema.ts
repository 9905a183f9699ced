import { field } from "@/runtime/node/field";
import { schemaField } from "./json-schema-check";

/** The setting by which a model's reply becomes checked JSON; the same in every step that asks a model. */
export const replySchema = schemaField.default(null).meta(
  field({
    title: { en: "Structured output", zh: "结构化输出" },
    help: {
      en: "A JSON Schema. The reply must be JSON that fits it, and comes out of the port “json” too.",
      zh: "JSON Schema。回复必须是符合它的 JSON，并同时从 “json” 端口输出。",
    },
    control: "json-schema",
    group: "output",
  }),
);
