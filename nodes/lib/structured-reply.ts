import type { FinishReason, JsonSchema, NodeContext } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { compileSchema, describeProblems } from "./json-schema";
import { extractJson } from "./parse-json";
import { excerpt } from "./readable";

/**
 * The JSON in a model's reply, checked against the schema. A code fence or prose around it is left out and noted in the log;
 * anything else that is wrong is a `NodeFailure` that says what.
 */
export const structuredReply = async (
  reply: string,
  schema: JsonSchema,
  reason: FinishReason,
  log: NodeContext["log"],
): Promise<unknown> => {
  const extracted = extractJson(reply);
  if (!extracted.ok) {
    const cut = reason === "length";
    throw new NodeFailure(
      "output-invalid",
      cut
        ? `The reply was cut off before its JSON was complete: ${excerpt(reply)}`
        : `The reply is not JSON. ${extracted.error} The reply: ${excerpt(reply)}`,
      {
        hint: cut
          ? "Raise the longest reply, or ask for less."
          : "Ask for JSON in the prompt, lower the temperature, or use a model that enforces schemas.",
      },
    );
  }
  const { value, repair } = extracted.value;
  if (repair !== null) log("warn", `The reply had a ${repair} around its JSON, which was left out.`);
  const validator = await compileSchema(schema);
  if (!validator.ok) throw new NodeFailure("node-failed", `The schema cannot be used: ${validator.error}`);
  const problems = validator.value(value);
  if (problems.length > 0) {
    throw new NodeFailure("output-invalid", `The reply does not fit the schema: ${describeProblems(problems)}.`);
  }
  return value;
};
