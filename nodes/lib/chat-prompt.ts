import { z } from "zod";
import type { ChatRequest } from "@/runtime/node/context";
import { extraFields } from "@/runtime/node/extra-fields";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { splitThinking } from "@/runtime/node/reply/thinking-splitter";
import { maxTokens, seed, temperature } from "./model-fields";
import { replyPolicyFields } from "./reply-policy";
import { replySchema } from "./reply-schema";
import { replyOutputs } from "./stream-reply";
import { renderTemplate, templateLimits, templateVariables } from "./template";
import { checkVariables, templatePorts } from "./template-ports";

/** What a step that asks a chat model in words has to set, in two parts: the model's own fields stand before, between or behind them. */
export const promptFields = {
  system: z
    .string()
    .max(templateLimits.length)
    .default("")
    .meta(
      field({
        title: { en: "Instructions", zh: "系统指令" },
        help: {
          en: "Who the model is and what it must keep to. Every {{variable}} becomes an input.",
          zh: "模型的身份与须遵守的要求。每个 {{变量}} 都会成为一个输入。",
        },
        control: "template",
        group: "main",
      }),
    ),
  user: z
    .string()
    .max(templateLimits.length)
    .default("{{text}}")
    .meta(
      field({
        title: { en: "Message", zh: "用户消息" },
        help: {
          en: "What the model is asked. {{name}} is filled from the input of that name; {{order.items[0]}} reaches into a JSON value. Write \\{{name}} for the braces themselves.",
          zh: "向模型提出的内容。{{名称}} 会替换为同名输入的值；{{订单.items[0]}} 可取 JSON 中的值。若要原样输出花括号，请写 \\{{名称}}。",
        },
        control: "template",
        group: "main",
      }),
    ),
  examples: z
    .array(
      z.object({
        user: z
          .string()
          .min(1)
          .max(20_000)
          .meta(field({ title: { en: "Message", zh: "消息" }, control: "multiline" })),
        assistant: z
          .string()
          .min(1)
          .max(20_000)
          .meta(field({ title: { en: "Reply", zh: "回复" }, control: "multiline" })),
      }),
    )
    .max(20)
    .default([])
    .meta(
      field({
        title: { en: "Examples", zh: "示例" },
        help: {
          en: "Messages with the replies you would like. They show the model the form better than words do. A small model follows them more than the instructions: change both together.",
          zh: "给出消息和理想的回复。示例往往比文字说明更能让模型明白格式。小模型更听从示例而不是系统指令，修改时请两处一起改。",
        },
        control: "few-shot",
        group: "main",
      }),
    ),
  temperature: temperature(0.7),
  maxTokens: maxTokens(1024),
  schema: replySchema,
  stop: z
    .array(z.string().min(1).max(100))
    .max(4)
    .default([])
    .meta(
      field({
        title: { en: "Stop at", zh: "停止标记" },
        help: {
          en: "The reply ends before the first of these texts, at most four.",
          zh: "遇到其中任一文本时结束回复，最多四个。",
        },
        control: "string-list",
        group: "output",
      }),
    ),
};

export const samplingFields = {
  ...replyPolicyFields,
  topP: z
    .number()
    .gt(0)
    .max(1)
    .optional()
    .meta(
      field({
        title: { en: "Top P", zh: "Top P" },
        help: {
          en: "Only the likeliest words whose chances sum to this are considered. Left empty, the model's own setting holds.",
          zh: "只考虑概率累计到该值的候选词。留空则采用模型自身的设置。",
        },
        control: "number",
        group: "advanced",
        step: 0.05,
      }),
    ),
  seed,
  extraFields: extraFields.optional().meta(
    field({
      title: { en: "Further request fields", zh: "附加请求字段" },
      help: {
        en: 'A JSON object that is added to the request, for what this model takes beyond the common settings: {"enable_thinking": false}, {"top_k": 20}. It stands above the fields of the endpoint, and below what is set here.',
        zh: '添加到请求中的 JSON 对象，用于该模型特有的设置，例如 {"enable_thinking": false}、{"top_k": 20}。优先于端点上的字段，但不覆盖此处的其他设置。',
      },
      control: "json",
      group: "advanced",
    }),
  ),
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
};

const settings = z.object({ ...promptFields, ...samplingFields });
export type PromptSettings = z.output<typeof settings>;

/** For `superRefine`: every variable of the templates must be able to be an input. */
export const checkPrompt = (
  { system, user, history }: Pick<PromptSettings, "system" | "user" | "history">,
  context: z.RefinementCtx,
): void => checkVariables({ system, user }, history ? ["history"] : [], context);

export const promptInputs = ({
  system,
  user,
  history,
}: Pick<PromptSettings, "system" | "user" | "history">): port.Ports => ({
  ...templatePorts(system, user),
  ...(history ? { history: port.maybe(port.messages({ en: "Earlier messages", zh: "历史消息" })) } : {}),
});

/** Switched off, a prompt lets through what it is asked about, never what only its instructions are filled with. */
export const promptPasses = ({ user }: Pick<PromptSettings, "user">): Readonly<Record<string, string>> => {
  const names = templateVariables(user).map(({ name }) => name);
  const asked = names.length === 1 ? names[0] : names.find((name) => name === "text");
  return asked === undefined ? {} : { text: asked };
};

const { json: _, ...plainOutputs } = replyOutputs;

/** The port of the JSON stands on the card only where a schema is set; its type stays, as an output that may be left out. */
export const promptOutputs = ({ schema }: Pick<PromptSettings, "schema">): typeof replyOutputs =>
  schema === null ? (plainOutputs as typeof replyOutputs) : replyOutputs;

/** A conversation that was kept elsewhere may still hold what the model thought: it is not sent on. */
const withoutThinking = (message: port.Message): port.Message =>
  message.role === "assistant" ? { ...message, content: splitThinking(message.content).answer } : message;

/** The request without its model: templates filled from the inputs, examples before, the conversation so far between. */
export const promptRequest = (
  settings: PromptSettings,
  inputs: port.Values<port.Ports>,
): Omit<ChatRequest, "model"> => {
  const system = renderTemplate(settings.system, inputs);
  const user = renderTemplate(settings.user, inputs);
  const history = settings.history ? z.array(port.message).default([]).parse(inputs.history).map(withoutThinking) : [];
  const messages: readonly port.Message[] = [
    ...(system.trim() === "" ? [] : [{ role: "system" as const, content: system }]),
    ...settings.examples.flatMap((example) => [
      { role: "user" as const, content: example.user },
      { role: "assistant" as const, content: example.assistant },
    ]),
    ...history,
    ...(user.trim() === "" ? [] : [{ role: "user" as const, content: user }]),
  ];
  if (!messages.some(({ role }) => role === "user")) {
    throw new NodeFailure("value-invalid", "The prompt has no message: the template and its values are empty.", {
      hint: "Write a message, or check what is wired into the step.",
    });
  }
  return {
    messages,
    temperature: settings.temperature,
    maxTokens: settings.maxTokens,
    ...(settings.topP === undefined ? {} : { topP: settings.topP }),
    ...(settings.stop.length > 0 ? { stop: settings.stop } : {}),
    ...(settings.seed === undefined ? {} : { seed: settings.seed }),
    ...(settings.schema ? { responseSchema: settings.schema } : {}),
    ...(settings.extraFields === undefined ? {} : { extra: settings.extraFields }),
  };
};
