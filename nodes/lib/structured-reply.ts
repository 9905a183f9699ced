import type { JsonSchema, NodeContext } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { ReadJson } from "@/runtime/node/reply/read-json";
import { readJson } from "@/runtime/node/reply/read-json";
import { compileSchema, describeProblems } from "./json-schema";
import { excerpt } from "./readable";

const longestQuote = 400;

const around = {
  thinking: "The thinking before the JSON was left out.",
  "code fence": "A code fence around the JSON was left out.",
  "surrounding text": "The text around the JSON was left out.",
} as const;

/** What a person should know of how JSON was read out of a text; null where there is nothing to say. */
export const sayReading = ({ repair, notes, longNumbers }: ReadJson): string | null => {
  const said = [
    ...(repair === null ? [] : [around[repair]]),
    ...(notes.length === 0 ? [] : [`The JSON was read leniently: ${notes.join(", ")}.`]),
    ...(longNumbers.length === 0
      ? []
      : [`Kept as text, to the last digit: ${longNumbers.map((path) => path || "the value").join(", ")}.`]),
  ];
  return said.length === 0 ? null : said.join(" ");
};

/**
 * The JSON in a model's reply that fits the schema. What was left out around it or read leniently is noted in the log; a reply without such JSON is a
 * `NodeFailure` that says what is wrong and quotes it.
 */
export const structuredReply = async (reply: string, schema: JsonSchema, log: NodeContext["log"]): Promise<unknown> => {
  const validator = await compileSchema(schema);
  if (!validator.ok) throw new NodeFailure("node-failed", `The schema cannot be used: ${validator.error}`);
  const reading = readJson(reply, {
    problemOf: (value) => {
      const problems = validator.value(value);
      return problems.length === 0 ? null : describeProblems(problems);
    },
  });
  if (reading.ok) {
    const said = sayReading(reading.value);
    if (said !== null) log("warn", said);
    return reading.value.value;
  }
  const { kind, message } = reading.error;
  const quoted = `The reply: ${excerpt(reply, longestQuote)}`;
  if (kind === "unfit")
    throw new NodeFailure("output-invalid", `The reply does not fit the schema: ${message}. ${quoted}`);
  if (kind === "cut") {
    throw new NodeFailure("output-invalid", `The reply was cut off before its JSON was complete. ${quoted}`, {
      hint: "Raise the longest reply, or ask for less.",
    });
  }
  throw new NodeFailure("output-invalid", `The reply is not JSON. ${message} ${quoted}`, {
    hint: "Ask for JSON in the prompt, lower the temperature, or use a model that enforces schemas.",
  });
};
