import { z } from "zod";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { type RunErrorCode, runErrorCodes } from "@/runtime/run/errors";

// Small nodes for tests of the engine: each does one thing that an engine must carry.

const both = (text: string) => ({ en: text, zh: text });
/** What a definition must say of itself, for nodes that only a test sees. */
export const about = (title: string) =>
  ({ version: 1, title: both(title), summary: both(title), icon: "flask-conical" }) as const;
const inputNames = z.object({ inputs: z.array(z.string()).default(["a"]) });
const asPorts = <P>(names: readonly string[], make: () => P): Record<string, P> =>
  Object.fromEntries(names.map((name) => [name, make()]));

/** Gives out its setting. */
export const valueNode = defineNode({
  ...about("Value"),
  type: "data/test-value",
  config: z.object({ value: z.json().default(null) }),
  inputs: {},
  outputs: { value: port.any() },
  examples: [{ name: "gives", config: { value: 1 }, inputs: {}, outputs: { value: 1 } }],
  run: async ({ config }) => ({ value: config.value }),
});

/** The run's inputs, one text field a name; `optional` names may be left out. */
export const inputNode = defineNode({
  ...about("Input"),
  type: "io/test-input",
  config: z.object({ fields: z.array(z.string()).default(["q"]), optional: z.array(z.string()).default([]) }),
  inputs: {},
  outputs: ({ fields, optional }) => ({
    ...asPorts(fields, () => port.text()),
    ...asPorts(optional, () => port.maybe(port.text())),
  }),
  boundary: {
    kind: "input",
    fields: ({ fields, optional }) =>
      [...fields, ...optional].map((name) => ({
        name,
        title: name,
        kind: "text",
        required: fields.includes(name),
        maxLength: 1000,
      })),
  },
  examples: [{ name: "gives", config: {}, inputs: {}, runInputs: { q: "x" }, outputs: { q: "x" } }],
  run: async ({ ctx }) => ({ ...ctx.run.inputs }) as Record<string, string>,
});

export const outputNode = defineNode({
  ...about("Output"),
  type: "io/test-output",
  config: z.object({ names: z.array(z.string()).default(["answer"]) }),
  inputs: ({ names }) => asPorts(names, () => port.maybe(port.any())),
  outputs: {},
  boundary: { kind: "output" },
  examples: [{ name: "takes", config: {}, inputs: { answer: 1 }, outputs: {} }],
  run: async () => ({}),
});

/** Its name and its inputs' values, as text. */
export const joinNode = defineNode({
  ...about("Join"),
  type: "text/test-join",
  config: inputNames.extend({ name: z.string().default("") }),
  inputs: ({ inputs }): port.Ports => asPorts(inputs, () => port.text()),
  outputs: { text: port.text() },
  examples: [{ name: "joins", config: { name: "n" }, inputs: { a: "x" }, outputs: { text: "n(x)" } }],
  run: async ({ config, inputs }) => ({ text: `${config.name}(${Object.values(inputs).join(",")})` }),
});

/** Streams its text letter by letter; `returns` makes it break its word. */
export const streamNode = defineNode({
  ...about("Stream"),
  type: "text/test-stream",
  config: z.object({
    text: z.string().default("abc"),
    returns: z.string().optional(),
    port: z.string().default("text"),
  }),
  inputs: { after: port.maybe(port.any()) },
  outputs: { text: port.text(), length: port.maybe(port.number()) },
  examples: [{ name: "streams", config: { text: "ab" }, inputs: {}, outputs: { text: "ab", length: 2 } }],
  async *run({ config }) {
    for (const delta of config.text) yield { [config.port]: delta };
    return { text: config.returns ?? config.text, length: config.text.length };
  },
});

/** Fails on its first `times` runs of a run, with the code of its setting; `internal` is thrown as a bug would be. */
export const failNode = defineNode({
  ...about("Fail"),
  type: "flow/test-fail",
  config: z.object({
    code: z.enum(runErrorCodes as readonly [RunErrorCode, ...RunErrorCode[]]).default("node-failed"),
    deltas: z.string().default(""),
    retryAfterMs: z.number().optional(),
  }),
  inputs: { after: port.maybe(port.any()) },
  outputs: { text: port.text() },
  examples: [{ name: "fails", config: {}, inputs: {}, outputs: { text: "" } }],
  async *run({ config }) {
    for (const delta of config.deltas) yield { text: delta };
    if (config.code === "internal") throw new TypeError("a bug");
    const { retryAfterMs } = config;
    throw new NodeFailure(config.code, "It failed.", { hint: "Mend it.", ...(retryAfterMs ? { retryAfterMs } : {}) });
  },
});

export const branchNode = defineNode({
  ...about("Branch"),
  type: "flow/test-branch",
  config: z.object({ take: z.enum(["yes", "no"]).default("yes") }),
  inputs: { value: port.any() },
  outputs: { yes: port.maybe(port.any()), no: port.maybe(port.any()) },
  examples: [{ name: "branches", config: {}, inputs: { value: 1 }, outputs: { yes: 1 } }],
  run: async ({ config, inputs }) => ({ [config.take]: inputs.value }),
});

export const mergeNode = defineNode({
  ...about("Merge"),
  type: "flow/test-merge",
  config: inputNames.extend({ inputs: z.array(z.string()).default(["a", "b"]) }),
  inputs: ({ inputs }): port.Ports => asPorts(inputs, () => port.maybe(port.any())),
  outputs: { value: port.any() },
  join: "any",
  examples: [{ name: "merges", config: {}, inputs: { b: 2 }, outputs: { value: 2 } }],
  run: async ({ inputs }) => ({ value: Object.values(inputs)[0] }),
});

/** Asks a model and streams its reply. */
export const chatNode = defineNode({
  ...about("Chat"),
  type: "prompt/test-chat",
  config: z.object({ model: z.string().default("default") }),
  inputs: { prompt: port.text() },
  outputs: { text: port.text() },
  examples: [{ name: "answers", config: {}, inputs: { prompt: "hi" }, replies: ["yes"], outputs: { text: "yes" } }],
  async *run({ config, inputs, ctx }) {
    let text = "";
    const messages = [{ role: "user" as const, content: inputs.prompt }];
    for await (const part of ctx.model.chat({ model: config.model, messages })) {
      if (part.type === "retract") text = "";
      if (part.type !== "text-delta") continue;
      text += part.delta;
      yield { text: part.delta };
    }
    return { text };
  },
});

export const testCatalog = createCatalog([
  valueNode,
  inputNode,
  outputNode,
  joinNode,
  streamNode,
  failNode,
  branchNode,
  mergeNode,
  chatNode,
]);
