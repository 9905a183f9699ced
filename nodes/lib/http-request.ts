import { z } from "zod";
import {
  type WebBody,
  type WebField,
  type WebFile,
  type WebRequest,
  webLimits,
  webMethods,
} from "@/runtime/capability/web/contract";
import { field } from "@/runtime/node/field";
import { fileReference } from "@/runtime/node/file-reference";
import { NodeFailure } from "@/runtime/node/node-failure";
import { parseTemplate, renderTemplate, templateLimits, templateVariables } from "./template";
import { styledFields, valueStyle } from "./value-style";
import { variableName } from "./variable-name";

const named = (
  name: { readonly en: string; readonly zh: string },
  value: { readonly en: string; readonly zh: string },
) =>
  z.object({
    name: z
      .string()
      .trim()
      .min(1)
      .max(webLimits.headerName)
      .meta(field({ title: name })),
    value: z
      .string()
      .max(webLimits.headerValue)
      .default("")
      .meta(field({ title: value, control: "template" })),
  });
/** One whose value may be a list. */
const styled = () => named({ en: "Name", zh: "名称" }, { en: "Value", zh: "值" }).extend({ style: valueStyle });

const headerName = /^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/;
/** Headers that are the connection's own, or what a credential is for. */
const ownHeaders =
  /^(?:host|connection|content-length|transfer-encoding|upgrade|te|trailer|keep-alive|expect|proxy-.*)$/i;

export const bodyKinds = ["none", "json", "form", "multipart", "text"] as const;

/** What a request is made of; the same for a step and for a tool of an agent. */
export const requestFields = {
  method: z
    .enum(webMethods)
    .default("GET")
    .meta(field({ title: { en: "Method", zh: "方法" }, control: "select", group: "main" })),
  url: z
    .string()
    .trim()
    .max(webLimits.url)
    .default("")
    .meta(
      field({
        title: { en: "URL", zh: "网址" },
        help: {
          en: "Every {{variable}} becomes an input, and is written so that it cannot leave its place: a slash in it is %2F, and . or .. alone is refused.",
          zh: "每个 {{变量}} 都会成为一个输入，写入时会转义，不会越出所在位置：其中的斜杠写作 %2F，单独的 . 或 .. 会被拒绝。",
        },
        placeholder: { en: "https://api.example.com/orders/{{id}}", zh: "https://api.example.com/orders/{{id}}" },
        control: "request-url",
        group: "main",
      }),
    ),
  query: z
    .array(styled())
    .max(webLimits.fields)
    .default([])
    .meta(field({ title: { en: "Query", zh: "查询参数" }, control: "rows", group: "main" })),
  headers: z
    .array(named({ en: "Name", zh: "名称" }, { en: "Value", zh: "值" }))
    .max(webLimits.headers)
    .default([])
    .meta(
      field({
        title: { en: "Headers", zh: "请求头" },
        help: { en: "Never put a key here: choose a credential.", zh: "不要在这里填写密钥：请选择凭证。" },
        control: "rows",
        group: "main",
      }),
    ),
  credential: z
    .string()
    .trim()
    .max(80)
    .default("")
    .meta(
      field({
        title: { en: "Credential", zh: "凭证" },
        help: {
          en: "Kept in the settings, sent to its own hosts only, and shown nowhere.",
          zh: "保存在设置中，只会发送给它限定的主机，任何地方都不显示。",
        },
        control: "credential",
        group: "main",
      }),
    ),
  bodyKind: z
    .enum(bodyKinds)
    .default("none")
    .meta(
      field({
        title: { en: "Body", zh: "请求体" },
        control: "select",
        group: "main",
        options: {
          none: { en: "None", zh: "无" },
          json: { en: "JSON", zh: "JSON" },
          form: { en: "Form", zh: "表单" },
          multipart: { en: "Form with files", zh: "含文件的表单" },
          text: { en: "Text as it stands", zh: "原样文本" },
        },
      }),
    ),
  json: z
    .string()
    .max(100_000)
    .default("{}")
    .meta(
      field({
        title: { en: "JSON", zh: "JSON" },
        help: {
          en: 'JSON whose texts may hold variables. A text that is one variable alone becomes its value: {"order": "{{order}}"}.',
          zh: 'JSON，其中的文本可含变量。只由一个变量构成的文本会替换为它的值：{"order": "{{order}}"}。',
        },
        control: "template",
        group: "main",
        when: { bodyKind: ["json"] },
      }),
    ),
  text: z
    .string()
    .max(100_000)
    .default("")
    .meta(
      field({ title: { en: "Text", zh: "文本" }, control: "template", group: "main", when: { bodyKind: ["text"] } }),
    ),
  mediaType: z
    .string()
    .trim()
    .max(100)
    .default("text/plain; charset=utf-8")
    .meta(field({ title: { en: "Type of the text", zh: "文本类型" }, group: "main", when: { bodyKind: ["text"] } })),
  form: z
    .array(styled())
    .max(webLimits.fields)
    .default([])
    .meta(
      field({
        title: { en: "Fields", zh: "字段" },
        control: "rows",
        group: "main",
        when: { bodyKind: ["form", "multipart"] },
      }),
    ),
  files: z
    .array(
      z.object({
        name: z
          .string()
          .trim()
          .min(1)
          .max(100)
          .meta(field({ title: { en: "Field", zh: "字段" } })),
        input: variableName.meta(field({ title: { en: "Input that brings the file", zh: "提供文件的输入" } })),
      }),
    )
    .max(20)
    .default([])
    .meta(
      field({ title: { en: "Files", zh: "文件" }, control: "rows", group: "main", when: { bodyKind: ["multipart"] } }),
    ),
  optional: z
    .array(variableName)
    .max(templateLimits.variables)
    .default([])
    .meta(
      field({
        title: { en: "Variables that may be left out", zh: "可省略的变量" },
        help: {
          en: "What is sent under a variable that brings nothing is left out: its query parameter, header, field, or entry of the JSON.",
          zh: "变量没有值时，它对应的查询参数、请求头、表单字段或 JSON 条目不会发送。",
        },
        control: "string-list",
        group: "advanced",
      }),
    ),
};

const settings = z.object(requestFields);
export type RequestSettings = z.output<typeof settings>;

/** The templates of a request that is sent, by field. */
export const requestTemplates = (config: RequestSettings): Readonly<Record<string, string>> => {
  const { url, query, headers, bodyKind, json, text, form } = config;
  const all: Record<string, string> = { url };
  const add = (at: string, rows: readonly { readonly value: string }[]) => {
    all[at] = rows.map(({ value }) => value).join("\n");
  };
  add("query", query);
  add("headers", headers);
  if (bodyKind === "json") all.json = json;
  if (bodyKind === "text") all.text = text;
  if (bodyKind === "form" || bodyKind === "multipart") add("form", form);
  return all;
};

/** For `superRefine`: what is wrong with a request whatever its variables hold. */
export const checkRequest = (config: RequestSettings, context: z.RefinementCtx): void => {
  const refuse = (message: string, ...path: (string | number)[]) => context.addIssue({ code: "custom", message, path });
  for (const [index, { name }] of config.headers.entries()) {
    if (!headerName.test(name)) refuse("A header's name holds letters, digits and hyphens.", "headers", index, "name");
    else if (ownHeaders.test(name)) refuse("This header is set by the connection itself.", "headers", index, "name");
    else if (/^(?:authorization|cookie)$/i.test(name)) {
      refuse(
        "Keep what signs in as a credential: a header stands readable in every version.",
        "headers",
        index,
        "name",
      );
    }
  }
  if (config.bodyKind === "json" && readJsonTemplate(config.json) === undefined)
    refuse('This is no JSON. Variables stand inside texts: {"order": "{{order}}"}.', "json");
  if ((config.method === "GET" || config.method === "HEAD") && config.bodyKind !== "none")
    refuse(`A request with ${config.method} has no body.`, "bodyKind");
  if (config.url !== "" && !/^(?:https?:\/\/|\{\{)/i.test(config.url))
    refuse("Begin with https:// or http://, or with a variable that brings the whole address.", "url");
};

const readJsonTemplate = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

type Values = Readonly<Record<string, unknown>>;

/** `.` or `..` as an address or a server behind it may read it: written out, written out twice, and among what is passed over. */
const isDots = (segment: string): boolean =>
  /^\.{1,2}$/.test(segment.replaceAll(/[\0-\x20]/g, "").replaceAll(/%(?:25)*2e/gi, "."));

/**
 * A URL whose variables cannot leave their place. One that stands first brings the beginning of the address, and is taken as it is. Throws `NodeFailure` where
 * another makes a segment of the path that means this folder or the one above.
 */
export const renderUrl = (template: string, values: Values): string => {
  let url = "";
  /** Where variables ended up, by their offset in the address. */
  const places: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  for (const [index, part] of parseTemplate(template).entries()) {
    if (part.kind !== "variable") {
      url += part.kind === "text" ? part.text : part.source;
      continue;
    }
    const value = renderTemplate(part.source, values);
    const from = url.length;
    url += index === 0 ? value.trim() : encodeURIComponent(value);
    if (index > 0) places.push({ name: part.name, from, to: url.length });
  }
  let start = 0;
  for (const segment of (/^[^?#]*/.exec(url)?.[0] ?? "").split(/[/\\]/)) {
    const end = start + segment.length;
    const maker = isDots(segment) ? places.find(({ from, to }) => from <= end && to >= start) : undefined;
    if (maker !== undefined) {
      throw new NodeFailure(
        "value-invalid",
        `The variable "${maker.name}" makes "${segment}" of a part of the address.`,
        {
          hint: 'An address takes "." and ".." as this folder and the one above. Give the variable another value.',
        },
      );
    }
    start = end + 1;
  }
  return url;
};

/** The variable that a template is made of; undefined where there is more to it. */
const loneVariable = (template: string) => {
  const [only, ...rest] = parseTemplate(template);
  return only?.kind === "variable" && rest.length === 0 && only.path.length === 0 ? only.name : undefined;
};

/** Templates filled with the values of one call. */
class Filling {
  readonly #optional: ReadonlySet<string>;

  constructor(
    optional: readonly string[],
    private readonly values: Values,
  ) {
    this.#optional = new Set(optional);
  }

  /** JSON with the variables filled in as data: what a value holds is never read as JSON or as a template. Undefined where all of it may be left out. */
  json(value: unknown): unknown {
    if (typeof value === "string") {
      const name = loneVariable(value);
      const given = name === undefined ? undefined : this.#given(name);
      if (given !== undefined) return given;
      return this.#isLeftOut(value, isNothing) ? undefined : renderTemplate(value, this.values);
    }
    if (Array.isArray(value)) return value.map((each) => this.json(each)).filter((each) => each !== undefined);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => {
        const filled = this.json(each);
        return filled === undefined ? [] : [[key, filled]];
      }),
    );
  }

  /** One that may be left out is, also where it brings an empty text or list: a service takes an empty parameter for a wrong one. */
  rows(fields: readonly (WebField & Partial<Pick<RequestSettings["query"][number], "style">>)[]): WebField[] {
    const named = new Set(fields.map(({ name }) => name));
    return fields.flatMap(({ name, value, style = "text" }) => {
      if (this.#isLeftOut(value, isEmpty)) return [];
      const variable = style === "text" ? undefined : loneVariable(value);
      const given = variable === undefined ? undefined : this.#given(variable);
      if (given === undefined) return [{ name, value: renderTemplate(value, this.values) }];
      const made = styledFields(name, given, style);
      // The names of an object are its caller's: they must not stand beside, or in place of, a field that has its own value.
      const taken = made.find((each) => each.name !== name && named.has(each.name));
      if (taken !== undefined) {
        throw new NodeFailure(
          "value-invalid",
          `"${name}" holds a field "${taken.name.slice(0, 100)}", which the request has of its own.`,
        );
      }
      for (const each of made) named.add(each.name);
      return [...made];
    });
  }

  text(template: string): string | undefined {
    return this.#isLeftOut(template, isNothing) ? undefined : renderTemplate(template, this.values);
  }

  #given(name: string): unknown {
    return Object.hasOwn(this.values, name) ? this.values[name] : undefined;
  }

  #isLeftOut(template: string, isNone: (value: unknown) => boolean): boolean {
    return templateVariables(template).some(({ name }) => this.#optional.has(name) && isNone(this.#given(name)));
  }
}

const isNothing = (value: unknown): boolean => value === undefined;
const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

const bodyOf = (config: RequestSettings, values: Values, filling: Filling): WebBody | null => {
  switch (config.bodyKind) {
    case "none":
      return null;
    case "json": {
      const filled = filling.json(readJsonTemplate(config.json));
      return filled === undefined
        ? null
        : { kind: "text", text: JSON.stringify(filled), mediaType: "application/json" };
    }
    case "text": {
      const text = filling.text(config.text);
      return text === undefined ? null : { kind: "text", text, mediaType: config.mediaType };
    }
    case "form":
      return { kind: "form", fields: filling.rows(config.form) };
    case "multipart": {
      const files = config.files.map(({ name, input }): WebFile => {
        const read = fileReference.safeParse(Object.hasOwn(values, input) ? values[input] : undefined);
        if (!read.success) throw new NodeFailure("value-invalid", `The input "${input}" brings no file.`);
        return { name, file: read.data };
      });
      return { kind: "multipart", fields: [...filling.rows(config.form), ...files] };
    }
    default:
      return config.bodyKind satisfies never;
  }
};

/** Control characters in a header would begin another. */
const headerValue = (text: string): string => text.replaceAll(/\p{Cc}+/gu, " ").trim();

/** The request that the settings make of these values. Throws `NodeFailure` where a variable brings nothing. */
export const requestOf = (
  config: RequestSettings,
  values: Values,
): Pick<WebRequest, "method" | "url" | "headers" | "body" | "credential"> => {
  const address = renderUrl(config.url, values);
  if (!URL.canParse(address)) {
    throw new NodeFailure("value-invalid", `"${address.slice(0, 200)}" is no whole URL.`, {
      hint: "Begin it with https:// and the name of the host.",
    });
  }
  const url = new URL(address);
  const filling = new Filling(config.optional, values);
  for (const { name, value } of filling.rows(config.query)) url.searchParams.append(name, value);
  if (url.href.length > webLimits.url)
    throw new NodeFailure("value-too-large", `The URL is longer than ${webLimits.url} characters.`);
  return {
    method: config.method,
    url: url.href,
    headers: filling.rows(config.headers).map(({ name, value }) => ({ name, value: headerValue(value) })),
    body: bodyOf(config, values, filling),
    credential: config.credential === "" ? null : config.credential,
  };
};

/** The inputs that bring files. */
export const fileInputs = (config: RequestSettings): readonly string[] =>
  config.bodyKind === "multipart" ? config.files.map(({ input }) => input) : [];

/** A variable of a request. */
export interface RequestVariable {
  readonly name: string;
  /** It may be any value: it stands alone in JSON or in a field that takes lists, or the template reaches into it. */
  readonly isAny: boolean;
  readonly isOptional: boolean;
}

/** Variables of a request, each once. */
export const requestVariables = (config: RequestSettings): readonly RequestVariable[] => {
  const lists = [...config.query, ...(config.bodyKind === "form" || config.bodyKind === "multipart" ? config.form : [])]
    .filter(({ style }) => style !== "text")
    .map(({ value }) => loneVariable(value));
  return templateVariables(...Object.values(requestTemplates(config))).map(({ name, structured }) => ({
    name,
    // Whether it stands in a body of JSON, where it may be any value.
    isAny: structured || lists.includes(name) || (config.bodyKind === "json" && config.json.includes(name)),
    isOptional: config.optional.includes(name),
  }));
};
