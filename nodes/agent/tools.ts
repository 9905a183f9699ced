import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import * as port from "@/runtime/node/port";
import { toolLimits } from "@/runtime/node/tool";
import { Agent } from "../lib/agent/agent";
import { type AgentTool, agentTool } from "../lib/agent/agent-tool";
import { agentLimitNames, limitFields } from "../lib/agent/limits";
import { toolBody } from "../lib/agent/pipeline-tool";
import { chatModel, fallbackModels, maxTokens, temperature } from "../lib/model-fields";
import { chatHolder, libraryPrompt, noteHeldPrompt } from "../lib/prompt/held-prompt";
import { excerpt } from "../lib/readable";
import { replySchema } from "../lib/reply-schema";
import { renderTemplate, templateLimits } from "../lib/template";
import { checkVariables, templatePorts } from "../lib/template-ports";

const config = z
  .object({
    prompt: libraryPrompt({ ...chatHolder, into: { system: "system", user: "user" }, settings: ["model"] }),
    model: chatModel,
    system: z
      .string()
      .max(templateLimits.length)
      .default("")
      .meta(
        field({
          title: { en: "Instructions", zh: "系统指令" },
          help: {
            en: "What the agent is for, and what it must keep to. Every {{variable}} becomes an input.",
            zh: "智能体的任务与须遵守的要求。每个 {{变量}} 都会成为一个输入。",
          },
          control: "template",
          group: "main",
        }),
      ),
    user: z
      .string()
      .max(templateLimits.length)
      .default("{{text}}")
      .meta(field({ title: { en: "Message", zh: "用户消息" }, control: "template", group: "main" })),
    tools: z
      .array(agentTool)
      .max(toolLimits.tools)
      .default([])
      .meta(
        field({
          title: { en: "Tools", zh: "工具" },
          help: {
            en: "What the model may call, as often as it needs within the limits below.",
            zh: "模型可以调用的工具，次数受下方限制约束。",
          },
          control: "agent-tools",
          group: "main",
        }),
      ),
    ...limitFields,
    onLimit: z
      .enum(["fail", "answer"])
      .default("fail")
      .meta(
        field({
          title: { en: "When a limit is met", zh: "达到限制时" },
          control: "select",
          group: "main",
          options: {
            fail: { en: "Fail, and say which", zh: "失败，并说明是哪项限制" },
            answer: { en: "Answer with what it knows", zh: "用已知内容作答" },
          },
        }),
      ),
    schema: replySchema,
    temperature: temperature(0.2),
    maxTokens: maxTokens(2048),
    fallbacks: fallbackModels,
    history: z
      .boolean()
      .default(false)
      .meta(
        field({
          title: { en: "Take earlier messages", zh: "接收历史消息" },
          help: {
            en: "Adds the input “history” for the conversation so far.",
            zh: "增加 “history” 输入，用于接收此前的对话。",
          },
          control: "switch",
          group: "advanced",
        }),
      ),
    dueHours: z
      .number()
      .min(0.02)
      .max(8_760)
      .default(72)
      .meta(
        field({
          title: { en: "Wait for a person", zh: "等待人工" },
          help: {
            en: "A call that nobody allowed by then is refused, and the agent goes on.",
            zh: "到时仍无人允许的调用会被拒绝，智能体继续运行。",
          },
          control: "number",
          group: "advanced",
          unit: { en: "hours", zh: "小时" },
        }),
      ),
  })
  .superRefine(({ system, user, tools, history }, context) => {
    checkVariables({ system, user }, history ? ["history"] : [], context);
    const seen = new Set<string>();
    const steps = new Set<string>();
    for (const [index, { name, kind, pipeline }] of tools.entries()) {
      const step = kind === "pipeline" ? (pipeline?.step ?? "") : null;
      if (step === "" || (step !== null && steps.has(step)))
        context.addIssue({ code: "custom", message: "Choose a pipeline.", path: ["tools", index, "pipeline"] });
      if (step !== null) steps.add(step);
      if (seen.has(name))
        context.addIssue({
          code: "custom",
          message: `Two tools are called "${name}".`,
          path: ["tools", index, "name"],
        });
      seen.add(name);
    }
  });

const usage = z.object({ inputTokens: z.int(), outputTokens: z.int() });
const calls = z.array(z.object({ name: z.string(), outcome: z.enum(["success", "failure", "refused"]) }));

export const agentTools = defineNode({
  type: "agent/tools",
  version: 1,
  title: { en: "Agent", zh: "智能体" },
  summary: {
    en: "A model that calls tools until it can answer, within five limits.",
    zh: "能调用工具直到可以作答的模型，受五项限制约束。",
  },
  icon: "bot",
  keywords: ["agent", "tools", "function calling", "react", "loop", "assistant", "智能体", "工具", "函数调用", "助手"],
  config,
  container: {
    runs: "calls",
    // What it holds follows from its tools.
    isFixed: () => true,
    start: toolBody([]),
    needs: ({ tools }) =>
      (Array.isArray(tools) ? tools : []).flatMap((tool: Partial<AgentTool> | null) =>
        tool?.kind === "pipeline" && typeof tool.pipeline?.step === "string" ? [tool.pipeline.step] : [],
      ),
  },
  inputs: ({ system, user, history }): port.Ports => ({
    ...templatePorts(system, user),
    ...(history ? { history: port.maybe(port.messages({ en: "History", zh: "历史消息" })) } : {}),
  }),
  outputs: {
    text: port.text({ en: "Text", zh: "文本" }),
    json: port.maybe(port.json(z.unknown(), { en: "JSON", zh: "JSON" })),
    endedBy: port.text({ en: "Ended by", zh: "结束原因" }),
    calls: port.json(calls, { en: "Calls", zh: "调用" }),
    usage: port.maybe(port.json(usage, { en: "Tokens", zh: "用量" })),
    cost: port.maybe(port.number({ en: "Cost (US$)", zh: "费用（美元）" })),
  },
  passes: {},
  emits: () => ({ endedBy: ["answer", ...agentLimitNames] }),
  preview: ({ model, tools, user }) => `${model} · ${tools.map(({ name }) => name).join(", ") || excerpt(user)}`,
  examples: [
    {
      name: "Looks an order up",
      config: {
        tools: [{ name: "order_status", description: "State of an order.", url: "https://shop.example/orders/{{id}}" }],
      },
      inputs: { text: "Where is my order 17?" },
      replies: [{ calls: [{ name: "order_status", arguments: { id: "17" } }] }, "It was sent."],
      webReplies: [{ text: '{"state": "sent"}' }],
      outputs: {
        text: "It was sent.",
        endedBy: "answer",
        calls: [{ name: "order_status", outcome: "success" }],
        usage: { inputTokens: 15, outputTokens: 4 },
      },
    },
    {
      name: "Computes with code",
      config: {
        user: "{{question}}",
        tools: [
          {
            name: "multiply",
            kind: "code",
            code: "return inputs.a * inputs.b;",
            parameters: {
              type: "object",
              properties: { a: { type: "number" }, b: { type: "number" } },
              required: ["a", "b"],
            },
          },
        ],
      },
      inputs: { question: "What is 6 times 7?" },
      replies: [{ calls: [{ name: "multiply", arguments: { a: 6, b: 7 } }] }, "42"],
      outputs: {
        text: "42",
        endedBy: "answer",
        calls: [{ name: "multiply", outcome: "success" }],
        usage: { inputTokens: 10, outputTokens: 2 },
      },
    },
  ],
  async *run({ config, inputs, ctx }) {
    noteHeldPrompt(ctx, config.prompt);
    const { model, fallbacks, temperature: warmth, maxTokens: longest, tools, onLimit, schema, dueHours } = config;
    const values = inputs as Readonly<Record<string, unknown>>;
    const history = config.history ? ((values.history as readonly port.Message[] | undefined) ?? []) : [];
    const system = renderTemplate(config.system, values);
    const agent = new Agent(
      {
        request: { model, temperature: warmth, maxTokens: longest, ...(fallbacks.length > 0 ? { fallbacks } : {}) },
        messages: [
          ...(system.trim() === "" ? [] : [{ role: "system" as const, content: system }]),
          ...history,
          { role: "user", content: renderTemplate(config.user, values) },
        ],
        tools: tools.filter(({ policy }) => policy !== "off"),
        limits: config,
        onLimit,
        schema,
        dueSeconds: Math.round(dueHours * 3600),
      },
      ctx,
    );
    return yield* agent.run();
  },
});
