import type { GbnfJsonSchema, LlamaGrammar } from "node-llama-cpp";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, type EndpointError } from "../errors";
import { toGrammarSchema } from "./grammar-schema";
import type { LlamaEngine } from "./llama";
import { onOneLine } from "./one-line-grammar";
import type { JsonFormat } from "./request";
import { toolGrammar } from "./tool-grammar";
import type { ToolUse } from "./tools";

const KEPT_GRAMMARS = 32;
const SCHEMA_FIELD = "response_format.json_schema.schema";

/** The grammars of one model, the last ones kept: making one takes as long as some tokens. */
export class Grammars {
  readonly #engine: LlamaEngine;
  readonly #made = new Map<string, LlamaGrammar>();

  constructor(engine: LlamaEngine) {
    this.#engine = engine;
  }

  async forJson({ schema, strict }: JsonFormat): Promise<Result<LlamaGrammar, EndpointError>> {
    const translated = schemaGrammar(schema, strict, SCHEMA_FIELD);
    if (!translated.ok) return translated;
    return this.#make(`json ${JSON.stringify(translated.value)}`, translated.value, SCHEMA_FIELD, onOneLine);
  }

  async forTools(use: ToolUse): Promise<Result<LlamaGrammar, EndpointError>> {
    const calls: GbnfJsonSchema[] = [];
    for (const [index, { name, parameters, strict }] of use.tools.entries()) {
      const field = `tools[${index}].function.parameters`;
      const translated = schemaGrammar({ type: "object", ...parameters }, strict, field);
      if (!translated.ok) return translated;
      const { $defs, ...given } = translated.value as GbnfJsonSchema & { readonly $defs?: object };
      calls.push({
        type: "object",
        properties: { name: { const: name }, arguments: given },
        ...($defs && { $defs }),
      } as GbnfJsonSchema);
    }
    const [only, ...others] = calls;
    const schema = only && others.length === 0 ? only : ({ oneOf: calls } as GbnfJsonSchema);
    const { choice, parallel } = use;
    return this.#make(`tools ${choice} ${parallel} ${JSON.stringify(schema)}`, schema, "tools", (grammar) =>
      toolGrammar(grammar, use),
    );
  }

  async #make(
    name: string,
    schema: GbnfJsonSchema,
    field: string,
    finish: (grammar: string) => string,
  ): Promise<Result<LlamaGrammar, EndpointError>> {
    const known = this.#made.get(name);
    if (known) return ok(known);
    try {
      const { llama } = this.#engine;
      const indented = await llama.createGrammarForJsonSchema<GbnfJsonSchema>(schema);
      const grammar = await llama.createGrammar({ grammar: finish(indented.grammar), trimWhitespaceSuffix: true });
      const oldest = this.#made.keys().next().value;
      if (oldest !== undefined && this.#made.size >= KEPT_GRAMMARS) this.#made.delete(oldest);
      this.#made.set(name, grammar);
      return ok(grammar);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return fail(badRequest(`No grammar can be made of the schema: ${why}`, field, "invalid_json_schema"));
    }
  }
}

function schemaGrammar(
  schema: JsonFormat["schema"],
  strict: boolean,
  field: string,
): Result<GbnfJsonSchema, EndpointError> {
  const translated = toGrammarSchema(schema, strict);
  if (translated.ok) return translated;
  const { at, message } = translated.error;
  return fail(badRequest(`The schema at ${at}: ${message}.`, field, "invalid_json_schema"));
}
