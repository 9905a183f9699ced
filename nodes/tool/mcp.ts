import { z } from "zod";
import { webLimits } from "@/runtime/capability/web/contract";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { isRecord } from "@/runtime/node/record";
import { toolClasses, toolClassNames } from "@/runtime/node/tool";
import { compileSchema, describeProblems } from "../lib/json-schema";
import { pinnedTool } from "../lib/pinned-tool";
import { callOnce } from "../lib/send-once";
import { isVariableName } from "../lib/variable-name";

const config = z.object({
  tool: pinnedTool,
  class: z
    .enum(toolClasses)
    .default("read")
    .meta(
      field({
        title: { en: "What it does", zh: "作用" },
        help: {
          en: "What changes something is called once in a run, also when the step is tried again or nobody answered.",
          zh: "会改变数据的工具在一次运行中只调用一次，即使步骤重试或没有应答也不重复。",
        },
        control: "select",
        group: "main",
        options: toolClassNames,
      }),
    ),
  seconds: z
    .number()
    .min(1)
    .max(webLimits.seconds.most)
    .default(webLimits.seconds.initial)
    .meta(
      field({
        title: { en: "Longest wait", zh: "最长等待" },
        control: "number",
        group: "advanced",
        unit: { en: "seconds", zh: "秒" },
      }),
    ),
});
type Config = z.output<typeof config>;

const mostPorts = 64;
const portOf = (schema: unknown): port.Port<unknown, false> => {
  const type = isRecord(schema) ? schema.type : undefined;
  if (type === "string") return port.text();
  if (type === "number" || type === "integer") return port.number();
  return type === "boolean" ? port.boolean() : port.any();
};

/** One port an argument. One whose name no port can have is reached by none. */
const argumentPorts = ({ tool }: Config): port.Ports => {
  const properties = isRecord(tool?.parameters.properties) ? tool.parameters.properties : {};
  const required = Array.isArray(tool?.parameters.required) ? tool.parameters.required : [];
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => isVariableName(name) && name !== "error")
      .slice(0, mostPorts)
      .map(([name, schema]) => [name, required.includes(name) ? portOf(schema) : port.maybe(portOf(schema))]),
  );
};

const example = {
  server: "files",
  name: "echo",
  description: "Says it again.",
  parameters: { type: "object", properties: { message: { type: "string" } }, required: ["message"] },
  hash: "0".repeat(64),
};

export const toolMcp = defineNode({
  type: "tool/mcp",
  version: 1,
  title: { en: "MCP tool", zh: "MCP 工具" },
  summary: {
    en: "Calls a tool of a server that speaks the Model Context Protocol.",
    zh: "调用支持 Model Context Protocol 的服务器上的工具。",
  },
  icon: "plug",
  keywords: ["mcp", "model context protocol", "server", "服务器", "工具"],
  config,
  inputs: argumentPorts,
  outputs: {
    text: port.text({ en: "Text", zh: "文本" }),
    json: port.maybe(port.json(z.unknown(), { en: "JSON", zh: "JSON" })),
  },
  passes: {},
  preview: ({ tool }) => (tool === null ? "…" : `${tool.server} · ${tool.name}`),
  examples: [
    {
      name: "Calls a tool",
      config: { tool: example },
      inputs: { message: "hello" },
      mcpReplies: [{ text: "Echo: hello", isError: false }],
      outputs: { text: "Echo: hello" },
    },
    {
      name: "Takes data",
      config: { tool: { ...example, name: "weather" } },
      inputs: { message: "Paris" },
      mcpReplies: [{ text: '{"degrees":21}', data: { degrees: 21 }, isError: false }],
      outputs: { text: '{"degrees":21}', json: { degrees: 21 } },
    },
  ],
  async run({ config, inputs, ctx }) {
    const { tool } = config;
    if (tool === null) {
      throw new NodeFailure("node-failed", "No tool is chosen.", {
        hint: "Choose a tool of an MCP server in the step's settings.",
      });
    }
    const validator = await compileSchema(tool.parameters);
    const problems = validator.ok ? validator.value(inputs) : [];
    if (problems.length > 0)
      throw new NodeFailure("value-invalid", `The arguments do not fit: ${describeProblems(problems)}`);
    const call = { tool, arguments: inputs, milliseconds: Math.round(config.seconds * 1000) };
    const reply = config.class === "read" ? await ctx.mcp.call(call) : await callOnce(ctx, "reply", call);
    if (reply.isError) throw new NodeFailure("tool-rejected", `${tool.name} failed: ${reply.text.slice(0, 1_000)}`);
    return { text: reply.text, ...(reply.data === undefined ? {} : { json: reply.data }) };
  },
});
