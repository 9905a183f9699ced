import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { badRequest, type EndpointError } from "../errors";

const MAX_TOOLS = 32;
const MAX_CALLS = 32;
const MAX_DESCRIPTION = 4096;

const name = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ or -");

const tool = z.object({
  type: z.literal("function"),
  function: z.object({
    name,
    description: z.string().max(MAX_DESCRIPTION).nullish(),
    parameters: z.record(z.string(), z.unknown()).nullish(),
    strict: z.boolean().nullish(),
  }),
});

/** Fields of a chat request that concern tools. */
export const toolFields = {
  tools: z.array(tool).max(MAX_TOOLS).nullish(),
  tool_choice: z
    .union([
      z.enum(["none", "auto", "required"]),
      z.object({ type: z.literal("function"), function: z.object({ name }) }),
    ])
    .nullish(),
  parallel_tool_calls: z.boolean().nullish(),
};

/** An earlier call, as the client got it. */
export const calls = z
  .array(
    z.object({
      id: z.string().min(1).max(128),
      type: z.literal("function"),
      function: z.object({ name, arguments: z.string() }),
    }),
  )
  .max(MAX_CALLS);
type Calls = z.output<typeof calls>;

export interface Tool {
  readonly name: string;
  readonly description: string | undefined;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Refuse parameters with a rule that a grammar cannot hold. */
  readonly strict: boolean;
}

/** The tools that the answer may or must call. */
export interface ToolUse {
  readonly tools: readonly Tool[];
  /** "auto": the model decides between a call and a text. */
  readonly choice: "auto" | "required";
  readonly parallel: boolean;
}

type ToolFields = z.output<z.ZodObject<typeof toolFields>>;

/** undefined where none may be called. */
export function toolUse({
  tools,
  tool_choice,
  parallel_tool_calls,
}: ToolFields): Result<ToolUse | undefined, EndpointError> {
  const known = (tools ?? []).map(
    ({ function: { name, description, parameters, strict } }): Tool => ({
      name,
      description: description ?? undefined,
      parameters: parameters ?? { type: "object", properties: {} },
      strict: strict ?? false,
    }),
  );
  const twice = known.findIndex(({ name }, index) => known.findIndex((other) => other.name === name) !== index);
  if (twice !== -1)
    return fail(badRequest(`Two tools are called "${known[twice]?.name}".`, `tools[${twice}].function.name`));
  const choice = tool_choice ?? "auto";
  if (known.length === 0)
    return choice === "auto" || choice === "none"
      ? ok(undefined)
      : fail(badRequest("A tool must be called, but there are none.", "tool_choice"));
  if (choice === "none") return ok(undefined);
  const parallel = parallel_tool_calls ?? true;
  if (typeof choice === "string") return ok({ tools: known, choice, parallel });
  const named = known.find(({ name }) => name === choice.function.name);
  if (!named) return fail(badRequest(`There is no tool "${choice.function.name}".`, "tool_choice"));
  return ok({ tools: [named], choice: "required", parallel: false });
}

/** What the model is told of its tools: the form that most open models were trained with. Follows the system message. */
export function toolInstructions({ tools, choice }: ToolUse): string {
  const signatures = tools.map(({ name, description, parameters }) =>
    JSON.stringify({ type: "function", function: { name, ...(description && { description }), parameters } }),
  );
  const when =
    choice === "required"
      ? "Answer with a call of one of them:"
      : "Where one of them helps, answer with nothing but its call; else answer in words. A call is written so:";
  return [
    "# Tools",
    "These functions can be called:",
    `<tools>\n${signatures.join("\n")}\n</tools>`,
    `${when}\n<tool_call>\n{"name": "the function's name", "arguments": {"an argument": "its value"}}\n</tool_call>`,
  ].join("\n\n");
}

/** An earlier turn of the model that called tools, as it wrote it. */
export const calledText = (text: string, made: Calls): string =>
  [
    ...(text ? [text] : []),
    ...made.map(
      ({ function: { name, arguments: given } }) =>
        `<tool_call>\n{"name": ${JSON.stringify(name)}, "arguments": ${given.trim() || "{}"}}\n</tool_call>`,
    ),
  ].join("\n");

/** What tools gave, in one turn. */
export const resultText = (results: readonly string[]): string =>
  results.map((text) => `<tool_response>\n${text}\n</tool_response>`).join("\n");

/** A message, of which this looks at what concerns tools. `calls`: ids that the message makes; `answers`: the id that it answers. */
interface Turn {
  readonly calls: readonly string[];
  readonly answers: string | undefined;
}

/** Every call is answered by the messages that follow it, and each of these answers a call. */
export function checkTurns(turns: readonly Turn[]): EndpointError | undefined {
  let open = new Set<string>();
  let asked = 0;
  for (const [index, { calls, answers }] of [...turns, { calls: [], answers: undefined }].entries()) {
    if (answers !== undefined) {
      if (!open.delete(answers))
        return badRequest(
          `There is no call "${answers}" before it that waits for a result.`,
          `messages[${index}].tool_call_id`,
        );
      continue;
    }
    const [left] = open;
    if (left !== undefined) return badRequest(`The call "${left}" has no result.`, `messages[${asked}].tool_calls`);
    open = new Set(calls);
    asked = index;
    if (open.size !== calls.length) return badRequest("Two calls have one id.", `messages[${index}].tool_calls`);
  }
  return undefined;
}
