import { z } from "zod";
import { codeLimits } from "@/runtime/capability/code/limits";
import { webLimits } from "@/runtime/capability/web/contract";
import { type BodyInterface, noBody } from "@/runtime/node/body";
import type { JsonSchema } from "@/runtime/node/context";
import { type FieldMeta, field, fieldMeta } from "@/runtime/node/field";
import { type ChatTool, toolClasses, toolClassNames, toolLimits, toolNamePattern } from "@/runtime/node/tool";
import { checkRequest, requestFields, requestVariables } from "../http-request";
import { schemaField } from "../json-schema-check";
import { pinnedTool } from "../pinned-tool";
import { pipelineParameters, toolPipeline } from "./pipeline-tool";

/** Where a tool of an agent comes from. */
export const toolKinds = ["http", "code", "mcp", "pipeline"] as const;
export type ToolKind = (typeof toolKinds)[number];

/** Whether a call is made as it comes. */
export const toolPolicies = ["auto", "ask", "always", "off"] as const;

type Fields = Readonly<Record<string, z.ZodType>>;

/** The same fields, shown for tools of one kind alone. */
const forKind = <Given extends Fields>(kind: ToolKind, fields: Given): Given =>
  Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => {
      const meta = fieldMeta(schema) as FieldMeta;
      return [name, schema.meta(field({ ...meta, when: { ...meta.when, kind: [kind] } }))];
    }),
  ) as unknown as Given;

const noArguments: JsonSchema = { type: "object", properties: {} };

/** One tool of an agent, as a row of its settings. */
export const agentTool = z
  .object({
    name: z
      .string()
      .trim()
      .regex(toolNamePattern, "Use 1 to 64 letters, digits, _ and -.")
      .meta(
        field({
          title: { en: "Name", zh: "名称" },
          help: { en: "What the model calls it: order_status.", zh: "模型调用时使用的名称：order_status。" },
        }),
      ),
    description: z
      .string()
      .trim()
      .max(toolLimits.description)
      .default("")
      .meta(
        field({
          title: { en: "What it is for", zh: "用途" },
          help: {
            en: "The model chooses its tools by this: say when to use it, and what it gives.",
            zh: "模型据此选择工具：请说明何时使用，以及会得到什么。",
          },
          control: "multiline",
        }),
      ),
    kind: z
      .enum(toolKinds)
      .default("http")
      .meta(
        field({
          title: { en: "Kind", zh: "类型" },
          control: "select",
          options: {
            http: { en: "HTTP request", zh: "HTTP 请求" },
            code: { en: "Code", zh: "代码" },
            mcp: { en: "MCP tool", zh: "MCP 工具" },
            pipeline: { en: "Pipeline", zh: "流水线" },
          },
        }),
      ),
    policy: z
      .enum(toolPolicies)
      .default("auto")
      .meta(
        field({
          title: { en: "Calls", zh: "调用方式" },
          help: {
            en: "“By itself” asks a person for what cannot be undone.",
            zh: "“自动”时，不可撤销的调用仍需人工确认。",
          },
          control: "select",
          options: {
            auto: { en: "By itself", zh: "自动" },
            ask: { en: "A person allows each", zh: "每次由人工允许" },
            always: { en: "By itself, also what cannot be undone", zh: "自动，包括不可撤销的调用" },
            off: { en: "Off", zh: "关闭" },
          },
        }),
      ),
    class: z
      .enum(toolClasses)
      .default("read")
      .meta(field({ title: { en: "What it does", zh: "作用" }, control: "select", options: toolClassNames })),
    parameters: schemaField.default(null).meta(
      field({
        title: { en: "Arguments", zh: "参数" },
        help: {
          en: "A JSON Schema of an object. What the model gives is checked against it. Left empty, every {{variable}} of the request is a text.",
          zh: "描述对象的 JSON Schema，模型给出的参数会据此校验。留空时，请求中的每个 {{变量}} 都是一个文本参数。",
        },
        control: "json-schema",
      }),
    ),
    ...forKind("http", requestFields),
    ...forKind("code", {
      code: z
        .string()
        .max(codeLimits.code)
        .default("return {};")
        .meta(
          field({
            title: { en: "Code", zh: "代码" },
            help: {
              en: "Reads the arguments from `inputs`, and returns what the model is told.",
              zh: "从 `inputs` 读取参数，返回的内容会告诉模型。",
            },
            control: "code",
          }),
        ),
    }),
    ...forKind("mcp", { mcp: pinnedTool }),
    ...forKind("pipeline", { pipeline: toolPipeline }),
    seconds: z
      .number()
      .min(1)
      .max(webLimits.seconds.most)
      .default(webLimits.seconds.initial)
      .meta(
        field({
          title: { en: "Longest time of a call", zh: "单次调用最长时间" },
          control: "number",
          unit: { en: "seconds", zh: "秒" },
        }),
      ),
  })
  .superRefine((tool, context) => {
    if (tool.kind === "http") {
      checkRequest(tool, context);
      if (tool.bodyKind === "multipart")
        context.addIssue({ code: "custom", message: "A tool of an agent sends no files.", path: ["bodyKind"] });
    }
    const { parameters } = tool;
    if (parameters === null) return;
    if (parameters.type !== "object")
      context.addIssue({
        code: "custom",
        message: 'Arguments are an object: {"type": "object", …}.',
        path: ["parameters"],
      });
    if (JSON.stringify(parameters).length > toolLimits.schema)
      context.addIssue({ code: "custom", message: `At most ${toolLimits.schema} characters.`, path: ["parameters"] });
  });
export type AgentTool = z.output<typeof agentTool>;

/** The schema of a tool's arguments: as it was set, or one text for each variable of its request, or what its pipeline asks for. `body`: of the agent. */
export const parametersOf = (tool: AgentTool, body: BodyInterface = noBody): JsonSchema => {
  if (tool.parameters !== null) return tool.parameters;
  if (tool.kind === "pipeline")
    return tool.pipeline === null ? noArguments : pipelineParameters(tool.pipeline.step, body);
  if (tool.kind === "mcp") return tool.mcp?.parameters ?? noArguments;
  if (tool.kind !== "http") return noArguments;
  const variables = requestVariables(tool);
  return {
    type: "object",
    properties: Object.fromEntries(variables.map(({ name }) => [name, { type: "string" }])),
    required: variables.filter(({ isOptional }) => !isOptional).map(({ name }) => name),
    additionalProperties: false,
  };
};

/** What the model is told of a tool. */
export const chatToolOf = (tool: AgentTool, body?: BodyInterface): ChatTool => ({
  name: tool.name,
  description: tool.description || (tool.kind === "mcp" ? (tool.mcp?.description ?? "") : ""),
  parameters: parametersOf(tool, body),
});

/** Whether a person has to allow a call. */
export const asksPerson = ({ policy, class: kind }: AgentTool): boolean =>
  policy === "ask" || (policy === "auto" && kind === "irreversible");
