import { z } from "zod";
import { type WebReply, type WebRequest, webLimits } from "@/runtime/capability/web/contract";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { toolClasses, toolClassNames } from "@/runtime/node/tool";
import {
  checkRequest,
  fileInputs,
  requestFields,
  requestOf,
  requestTemplates,
  requestVariables,
} from "../lib/http-request";
import { parsePath, pathLimits } from "../lib/json-path";
import { nextPage, pageItems } from "../lib/paging";
import { parseJson } from "../lib/parse-json";
import { excerpt } from "../lib/readable";
import { sendOnce } from "../lib/send-once";
import { checkVariables } from "../lib/template-ports";

const path = (message: { readonly en: string; readonly zh: string }) =>
  z
    .string()
    .trim()
    .max(pathLimits.length)
    .default("")
    .refine((text) => parsePath(text).ok, "Write a path like items[0].name.")
    .meta(field({ title: message, control: "text", group: "advanced", when: { paging: ["cursor", "page", "link"] } }));

const config = z
  .object({
    ...requestFields,
    class: z
      .enum(toolClasses)
      .default("read")
      .meta(
        field({
          title: { en: "What it does", zh: "作用" },
          help: {
            en: "What changes something is sent once in a run, also when the step is tried again.",
            zh: "会改变数据的请求在一次运行中只发送一次，即使步骤重试也不重复。",
          },
          control: "select",
          group: "main",
          options: toolClassNames,
        }),
      ),
    resend: z
      .boolean()
      .default(false)
      .meta(
        field({
          title: { en: "May be sent again", zh: "允许重复发送" },
          help: {
            en: "Only where the service takes the same request twice as one, such as one with an idempotency key. Left off, it is never sent again.",
            zh: "仅当服务会把重复的请求视为同一个（例如带有幂等键）时才开启。关闭时绝不会重复发送。",
          },
          group: "main",
          when: { class: ["write", "irreversible"] },
        }),
      ),
    result: z
      .enum(["auto", "json", "text", "file"])
      .default("auto")
      .meta(
        field({
          title: { en: "Read the answer as", zh: "结果读取方式" },
          control: "select",
          group: "output",
          options: {
            auto: { en: "What its type says", zh: "按其类型" },
            json: { en: "JSON", zh: "JSON" },
            text: { en: "Text", zh: "文本" },
            file: { en: "File", zh: "文件" },
          },
        }),
      ),
    onStatus: z
      .enum(["fail", "pass"])
      .default("fail")
      .meta(
        field({
          title: { en: "When it answers with an error", zh: "返回错误状态时" },
          control: "select",
          group: "output",
          options: {
            fail: { en: "Fail, with what it said", zh: "失败，并说明返回内容" },
            pass: { en: "Go on with the answer", zh: "带着返回内容继续" },
          },
        }),
      ),
    seconds: z
      .number()
      .min(webLimits.seconds.least)
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
    retries: z
      .int()
      .min(0)
      .max(webLimits.retries)
      .default(2)
      .meta(
        field({
          title: { en: "Ask again", zh: "重试次数" },
          help: {
            en: "Where the server is busy or cannot be reached. It is waited for as long as it asks. What changes something is not sent again, unless it may be.",
            zh: "当服务器繁忙或无法连接时重试，并按其要求的时间等待。会改变数据的请求不会重试，除非允许重复发送。",
          },
          control: "number",
          group: "advanced",
          unit: { en: "times", zh: "次" },
        }),
      ),
    retryOn: z
      .array(z.string().regex(/^[45]\d\d$/, "Write a status from 400 to 599."))
      .max(20)
      .default(["429", "502", "503", "504"])
      .meta(
        field({
          title: { en: "Statuses to ask again after", zh: "触发重试的状态码" },
          control: "string-list",
          group: "advanced",
        }),
      ),
    paging: z
      .enum(["none", "link", "cursor", "page"])
      .default("none")
      .meta(
        field({
          title: { en: "Further pages", zh: "翻页" },
          help: { en: "Their items are joined into one list.", zh: "各页的条目会合并成一个列表。" },
          control: "select",
          group: "advanced",
          options: {
            none: { en: "None", zh: "无" },
            link: { en: "The Link header names the next", zh: "由 Link 响应头给出下一页" },
            cursor: { en: "A field of the answer names the next", zh: "由返回内容中的字段给出下一页" },
            page: { en: "Pages are numbered", zh: "按页码" },
          },
        }),
      ),
    items: path({ en: "Where the items are", zh: "条目所在路径" }),
    cursor: z
      .string()
      .trim()
      .max(pathLimits.length)
      .default("")
      .meta(
        field({
          title: { en: "Field with the next cursor or address", zh: "下一页游标或网址所在字段" },
          control: "text",
          group: "advanced",
          when: { paging: ["cursor"] },
        }),
      ),
    parameter: z
      .string()
      .trim()
      .max(100)
      .default("page")
      .meta(
        field({
          title: { en: "Query parameter", zh: "查询参数名" },
          control: "text",
          group: "advanced",
          when: { paging: ["cursor", "page"] },
        }),
      ),
    pages: z
      .int()
      .min(1)
      .max(webLimits.pages)
      .default(10)
      .meta(
        field({
          title: { en: "Most pages", zh: "最多页数" },
          control: "number",
          group: "advanced",
          when: { paging: ["cursor", "page", "link"] },
        }),
      ),
  })
  .superRefine((given, context) => {
    checkRequest(given, context);
    checkVariables(requestTemplates(given), fileInputs(given), context);
  });

type Config = z.output<typeof config>;

export const toolHttp = defineNode({
  type: "tool/http",
  version: 1,
  title: { en: "HTTP request", zh: "HTTP 请求" },
  summary: {
    en: "Calls a web service and gives what it answers, as data, text or a file.",
    zh: "调用网络服务，把返回内容作为数据、文本或文件给出。",
  },
  icon: "globe",
  keywords: ["api", "rest", "webhook", "fetch", "web service", "openapi", "接口", "网络服务", "请求"],
  config,
  inputs: (given): port.Ports => ({
    ...Object.fromEntries(
      requestVariables(given).map(({ name, isAny, isOptional }) => {
        const taken = isAny ? port.any() : port.text();
        return [name, isOptional ? port.maybe(taken) : taken];
      }),
    ),
    ...Object.fromEntries(fileInputs(given).map((name) => [name, port.file()])),
  }),
  outputs: {
    body: port.maybe(port.any({ en: "Answer", zh: "返回内容" })),
    file: port.maybe(port.file({ en: "File", zh: "文件" })),
    status: port.number({ en: "Status", zh: "状态码" }),
    headers: port.json(z.record(z.string(), z.string()), { en: "Headers", zh: "响应头" }),
  },
  passes: {},
  preview: ({ method, url }) => `${method} ${excerpt(url || "…")}`,
  examples: [
    {
      name: "Reads an order",
      config: { url: "https://shop.example/orders/{{id}}", query: [{ name: "fields", value: "state" }] },
      inputs: { id: "A/17" },
      webReplies: [{ text: '{"state": "sent"}' }],
      outputs: { body: { state: "sent" }, status: 200, headers: {} },
    },
    {
      name: "Sends data",
      config: {
        method: "POST",
        url: "https://shop.example/notes",
        bodyKind: "json",
        json: '{"note": "{{text}}", "order": "{{order}}"}',
        class: "write",
      },
      inputs: { text: 'He said "no"', order: { id: 7 } },
      webReplies: [{ status: 201, text: '{"id": 1}' }],
      outputs: { body: { id: 1 }, status: 201, headers: {} },
    },
  ],
  async run({ config, inputs, ctx }) {
    const request: WebRequest = {
      ...requestOf(config, inputs),
      milliseconds: Math.round(config.seconds * 1000),
      retries: config.retries,
      retryStatuses: config.retryOn.map(Number),
      result: config.result === "json" ? "text" : config.result,
    };
    const ask = (key: string, asked: WebRequest): Promise<WebReply> => {
      if (config.class === "read") return ctx.web.request(asked);
      return config.resend ? ctx.once.value(key, () => ctx.web.request(asked)) : sendOnce(ctx, key, asked);
    };
    if (config.paging !== "none") return allPages(config, request, (asked, page) => ask(`page-${page}`, asked));
    const reply = await ask("reply", request);
    refuseStatus(reply, config);
    const answer = bodyOf(reply, config);
    return {
      ...(reply.file === null ? {} : { file: reply.file }),
      ...(answer === undefined ? {} : { body: answer }),
      status: reply.status,
      headers: { ...reply.headers },
    };
  },
});

const said = (reply: WebReply): string => {
  const text = reply.mediaType === "text/html" ? "" : (reply.text ?? "").trim();
  return text === "" ? "" : ` It said: ${text.slice(0, 500)}`;
};

/** 2xx and 3xx are answers; the rest is a failure, unless the step goes on with it. */
const refuseStatus = (reply: WebReply, { onStatus, method }: Config): void => {
  if (reply.status < 400 || onStatus === "pass") return;
  const passes = reply.status === 429 || reply.status >= 500;
  const tries = reply.tries > 1 ? ` after ${reply.tries} requests` : "";
  throw new NodeFailure(
    passes ? "tool-unavailable" : "tool-rejected",
    `${method} ${new URL(reply.url).host} answered ${reply.status}${tries}.${said(reply)}`,
  );
};

/** What the answer holds, in the form that was asked for; undefined where there is nothing, or a file. */
const bodyOf = ({ text, mediaType, status }: WebReply, { result }: Pick<Config, "result">): unknown => {
  if (text === null || (text === "" && result !== "text")) return undefined;
  const isJson = result === "json" || (result === "auto" && /[/+]json$/.test(mediaType));
  if (!isJson) return text;
  const read = parseJson(text);
  if (read.ok) return read.value;
  if (result === "auto") return text;
  const what = mediaType === "text/html" ? "a web page" : mediaType || "no type";
  throw new NodeFailure("tool-protocol", `The answer (status ${status}, ${what}) is no JSON. ${read.error}`);
};

/** Asks for one page after another, and joins their items. */
const allPages = async (
  config: Config,
  first: WebRequest,
  ask: (request: WebRequest, page: number) => Promise<WebReply>,
) => {
  const all: unknown[] = [];
  let request: WebRequest | null = { ...first, result: "text" };
  let reply: WebReply | null = null;
  for (let page = 1; request !== null && page <= config.pages; page += 1) {
    reply = await ask(request, page);
    refuseStatus(reply, config);
    const body = bodyOf(reply, { result: "json" });
    const items = pageItems(body, config.items);
    all.push(...items);
    request = items.length === 0 && config.paging === "page" ? null : nextPage(request, reply, body, page, config);
  }
  return { body: all, status: reply?.status ?? 0, headers: { ...reply?.headers } };
};
