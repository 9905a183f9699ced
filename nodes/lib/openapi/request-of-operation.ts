import { webLimits } from "@/runtime/capability/web/contract";
import type { JsonSchema } from "@/runtime/node/context";
import { type ToolClass, toolLimits } from "@/runtime/node/tool";
import type { RequestSettings } from "../http-request";
import { compileSchema } from "../json-schema";
import type { ValueStyle } from "../value-style";
import { isVariableName, variableNameLength } from "../variable-name";
import { type Json, type JsonObject, listOf, objectOf, textOf } from "./json-value";
import { openApiLimits } from "./limits";
import type { Operation } from "./operations";
import { type PlainSchema, plainSchema } from "./plain-schema";
import { resolve } from "./reference";
import { ownServersOf } from "./servers";
import { type SignInNeed, signInOf } from "./sign-in";

/** What of an operation is not as its description has it. The interface has words for each. */
export type OperationNote =
  | { readonly code: "schema-shortened" | "files" | "sign-in-unknown" }
  | { readonly code: "parameter-left-out"; readonly name: string };

/** Why an operation cannot be called at all. */
export type OperationProblem =
  /** It names a server of its own, whose address is not whole. */
  | { readonly code: "server" }
  | { readonly code: "body"; readonly type: string }
  | { readonly code: "parameter"; readonly name: string }
  | { readonly code: "reference"; readonly reference: string };

export type OperationRequest =
  | { readonly ok: false; readonly problem: OperationProblem }
  | {
      readonly ok: true;
      /** Settings of a step or a tool of an agent; `url` without the server that stands before it. */
      readonly request: Omit<RequestSettings, "credential">;
      /** The address of its own that it names in place of the description's; null where it names none. */
      readonly server: string | null;
      readonly class: ToolClass;
      readonly description: string;
      /** Schema of the arguments, by the names of the request's variables. */
      readonly parameters: JsonSchema;
      /** What it answers where all is well; null where that is not said, or is no JSON. */
      readonly result: JsonSchema | null;
      readonly needs: SignInNeed;
      readonly notes: readonly OperationNote[];
    };

interface Argument {
  readonly name: string;
  readonly schema: JsonSchema;
  readonly required: boolean;
}

/** GET and HEAD read, DELETE cannot be taken back, everything else writes: for the author to correct. */
const classOf = ({ method }: Operation): ToolClass =>
  method === "GET" || method === "HEAD" ? "read" : method === "DELETE" ? "irreversible" : "write";

/** The request that an operation of a description is made by, with a variable for each of its parameters and for the fields of its body. */
export const requestOfOperation = async (
  root: JsonObject,
  operation: Operation,
  cameFrom: string | null = null,
): Promise<OperationRequest> => {
  const made = new Making(root, operation);
  const servers = ownServersOf(operation, cameFrom);
  const server = servers?.[0] ?? null;
  if (servers !== null && server === null) return { ok: false, problem: { code: "server" } };
  const problem = made.parameters() ?? made.body();
  return problem === null ? made.request(server) : { ok: false, problem };
};

class Making {
  readonly #notes: OperationNote[] = [];
  readonly #arguments: Argument[] = [];
  readonly #query: RequestSettings["query"][number][] = [];
  readonly #headers: RequestSettings["headers"][number][] = [];
  #url: string;
  #isShortened = false;
  #body: Pick<RequestSettings, "bodyKind" | "json" | "text" | "mediaType" | "form" | "files"> = {
    bodyKind: "none",
    json: "{}",
    text: "",
    mediaType: "text/plain; charset=utf-8",
    form: [],
    files: [],
  };

  constructor(
    private readonly root: JsonObject,
    private readonly operation: Operation,
  ) {
    this.#url = operation.path.startsWith("/") ? operation.path : `/${operation.path}`;
  }

  /** Those of the path, and those of the operation in their place; what must be given first. */
  parameters(): OperationProblem | null {
    const all = new Map<string, JsonObject>();
    for (const given of [...listOf(this.operation.item.parameters), ...listOf(this.operation.source.parameters)]) {
      const found = resolve(this.root, given);
      if (found.ok) all.set(`${textOf(found.value.in)} ${textOf(found.value.name)}`, found.value);
      else return { code: "reference", reference: found.reference };
    }
    const inPath = (parameter: JsonObject) => textOf(parameter.in) === "path";
    const isRequired = (parameter: JsonObject) => parameter.required === true || inPath(parameter);
    for (const parameter of [...all.values()].sort(
      (one, other) => Number(isRequired(other)) - Number(isRequired(one)),
    )) {
      const required = isRequired(parameter);
      const name = textOf(parameter.name);
      if (this.#add(parameter, name, required)) continue;
      if (required) return { code: "parameter", name };
      this.#notes.push({ code: "parameter-left-out", name });
    }
    // A place in the path that no parameter names is a text.
    this.#url = this.#url.replaceAll(/(^|[^{])\{([^{}]{1,100})\}(?!\})/g, (_, before: string, name: string) => {
      const variable = this.#argument(name, { type: "string" }, true);
      return `${before}{{${variable}}}`;
    });
    return null;
  }

  /** Whether it could be taken. */
  #add(parameter: JsonObject, name: string, required: boolean): boolean {
    const place = textOf(parameter.in);
    if (name === "" || name.length > webLimits.headerName) return false;
    if (!required && this.#arguments.length >= openApiLimits.variables) return false;
    if (this.#arguments.length >= openApiLimits.variables + openApiLimits.fields / 2) return false;
    // These are the connection's own, or what the credential is for; the specification has them passed over.
    if (place === "header" && /^(?:accept|content-type|authorization)$/i.test(name)) return true;
    const content = Object.values(objectOf(parameter.content) ?? {}).map(objectOf)[0];
    const { schema, isShortened } = plainSchema(this.root, content?.schema ?? parameter.schema ?? {}, {
      most: toolLimits.schema / 4,
      sent: true,
    });
    const said = textOf(parameter.description).trim().slice(0, 500);
    const told = said === "" ? schema : { ...schema, description: said };
    switch (place) {
      case "path": {
        const style = textOf(parameter.style) || "simple";
        if (style !== "simple" || !this.#url.includes(`{${name}}`)) return false;
        const variable = this.#argument(name, pathSchema(told), true);
        this.#url = this.#url.replaceAll(`{${name}}`, `{{${variable}}}`);
        break;
      }
      case "query": {
        if (this.#query.length >= webLimits.fields) return false;
        const variable = this.#argument(name, told, required);
        const style = content === undefined || content === null ? styleOf(parameter, told) : "text";
        this.#query.push({ name, value: `{{${variable}}}`, style });
        break;
      }
      case "header": {
        if (this.#headers.length >= webLimits.headers || !/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return false;
        if (/^(?:cookie|host|connection|content-length|transfer-encoding|expect|te|upgrade)$/i.test(name)) return false;
        this.#headers.push({ name, value: `{{${this.#argument(name, told, required)}}}` });
        break;
      }
      default:
        return false;
    }
    this.#isShortened ||= isShortened;
    return true;
  }

  body(): OperationProblem | null {
    const { source, method } = this.operation;
    if (source.requestBody === undefined || source.requestBody === null) return null;
    const found = resolve(this.root, source.requestBody);
    if (!found.ok) return { code: "reference", reference: found.reference };
    const required = found.value.required === true;
    const types = Object.entries(objectOf(found.value.content) ?? {});
    const chosen = [
      /[/+]json\b/i,
      /^application\/x-www-form-urlencoded/i,
      /^multipart\/form-data/i,
      /^text\/|[/+]xml\b/i,
      /^\*\/\*/,
    ]
      .map((kind) => types.find(([type]) => kind.test(type)))
      .find((each) => each !== undefined);
    if (method === "GET" || method === "HEAD" || types.length === 0) {
      // Described, though such a request has none: a service that needs it cannot be called.
      if (required && types.length > 0) return { code: "body", type: method };
      return null;
    }
    if (chosen === undefined) return { code: "body", type: types[0]?.[0].slice(0, 100) ?? "" };
    const [type, media] = chosen;
    const plain = plainSchema(this.root, objectOf(media)?.schema ?? {}, {
      most: toolLimits.schema - 4_000,
      sent: true,
    });
    this.#isShortened ||= plain.isShortened;
    if (/^application\/x-www-form-urlencoded/i.test(type)) return this.#form(objectOf(media), plain, "form");
    if (/^multipart\//i.test(type)) return this.#form(objectOf(media), plain, "multipart");
    if (/^text\/|[/+]xml\b/i.test(type) && !/json/i.test(type)) {
      const variable = this.#argument("body", { type: "string", ...described(plain.schema) }, required);
      this.#body = { ...this.#body, bodyKind: "text", text: `{{${variable}}}`, mediaType: type.slice(0, 100) };
      return null;
    }
    this.#json(plain, required);
    return null;
  }

  #json({ schema }: PlainSchema, required: boolean): void {
    const fields = fieldsOf(schema);
    const names = fields === null ? [] : Object.keys(fields.properties);
    const fits =
      names.length > 0 &&
      names.length <= openApiLimits.fields &&
      // A body that may be left out whole, but not in part, is one argument.
      (required || fields?.required.length === 0);
    if (!fits || fields === null) {
      const variable = this.#argument("body", schema, required);
      this.#body = { ...this.#body, bodyKind: "json", json: JSON.stringify(`{{${variable}}}`) };
      return;
    }
    const template = Object.fromEntries(
      names.map((name) => [
        name,
        `{{${this.#argument(name, fields.properties[name] as JsonSchema, fields.required.includes(name))}}}`,
      ]),
    );
    this.#body = { ...this.#body, bodyKind: "json", json: JSON.stringify(template, null, 2) };
  }

  #form(media: JsonObject | null, { schema }: PlainSchema, bodyKind: "form" | "multipart"): OperationProblem | null {
    const fields = fieldsOf(schema);
    if (fields === null) return { code: "body", type: `${bodyKind === "form" ? "form" : "multipart"}, any` };
    const form: RequestSettings["form"][number][] = [];
    const files: RequestSettings["files"][number][] = [];
    const names = Object.keys(fields.properties).sort(
      (one, other) => Number(fields.required.includes(other)) - Number(fields.required.includes(one)),
    );
    for (const name of names) {
      const field = fields.properties[name] as JsonSchema;
      const required = fields.required.includes(name);
      const isFull = this.#arguments.length >= openApiLimits.variables || form.length >= webLimits.fields;
      if (name.length > webLimits.headerName || isFull) {
        if (required) return { code: "parameter", name };
        this.#notes.push({ code: "parameter-left-out", name });
        continue;
      }
      const isFile = bodyKind === "multipart" && isBinary(field);
      // A file that need not be sent is left out: a form sends those that it names.
      if (isFile && !required && files.length > 0) this.#notes.push({ code: "parameter-left-out", name });
      else if (isFile) files.push({ name, input: this.#argument(name, {}, true) });
      else {
        const encoding = objectOf(objectOf(media?.encoding)?.[name]);
        form.push({
          name,
          value: `{{${this.#argument(name, field, required)}}}`,
          style: styleOf(encoding ?? {}, field),
        });
      }
    }
    if (files.length > 0) this.#notes.push({ code: "files" });
    this.#body = { ...this.#body, bodyKind, form, files };
    return null;
  }

  /** A variable of its own for a parameter, under its name where that is one. */
  #argument(name: string, schema: JsonSchema, required: boolean): string {
    const plain = name
      .replaceAll(/[^\p{L}\p{M}\p{N}_-]+/gu, "_")
      .replaceAll(/^[^\p{L}]+|(?<!_)_+$/gu, "")
      .slice(0, variableNameLength - 4);
    const stem = plain !== "" && isVariableName(plain) && plain !== "error" ? plain : `${plain || "value"}_`.slice(-60);
    const taken = new Set(this.#arguments.map((argument) => argument.name));
    let variable = stem;
    for (let number = 2; taken.has(variable); number += 1) variable = `${stem}_${number}`;
    this.#arguments.push({ name: variable, schema, required });
    return variable;
  }

  async request(server: string | null): Promise<OperationRequest> {
    const { operation, root } = this;
    const schema = (): JsonSchema => ({
      type: "object",
      properties: Object.fromEntries(this.#arguments.map((each) => [each.name, each.schema])),
      required: this.#arguments.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    });
    let parameters = await usable(schema());
    if (parameters === null || JSON.stringify(parameters).length > toolLimits.schema) {
      this.#isShortened = true;
      parameters = { ...schema(), properties: Object.fromEntries(this.#arguments.map(({ name }) => [name, {}])) };
    }
    const needs = signInOf(root, operation.source);
    if (needs.isUnknown) this.#notes.push({ code: "sign-in-unknown" });
    if (this.#isShortened) this.#notes.push({ code: "schema-shortened" });
    const { summary, source } = operation;
    const longer = textOf(source.description).trim();
    return {
      ok: true,
      request: {
        method: operation.method,
        url: this.#url,
        query: this.#query,
        headers: this.#headers,
        optional: this.#arguments.filter(({ required }) => !required).map(({ name }) => name),
        ...this.#body,
      },
      server,
      class: classOf(operation),
      description: [summary, longer.startsWith(summary) ? longer.slice(summary.length).trim() : longer]
        .filter((part) => part !== "")
        .join("\n")
        .slice(0, openApiLimits.description),
      parameters,
      result: resultOf(root, source),
      needs,
      notes: this.#notes,
    };
  }
}

/** As it stands where it can be used, else without its patterns; null where neither can. */
const usable = async (schema: JsonSchema): Promise<JsonSchema | null> => {
  if ((await compileSchema(schema)).ok) return schema;
  const bare = JSON.parse(
    JSON.stringify(schema, (key, value) => (key === "pattern" && typeof value === "string" ? undefined : value)),
  ) as JsonSchema;
  return (await compileSchema(bare)).ok ? bare : null;
};

const described = ({ description }: JsonSchema): JsonSchema => (description === undefined ? {} : { description });
const isBinary = (schema: JsonSchema): boolean => schema.format === "binary" || schema.format === "base64";

/** A list in a path is its values with commas between. */
const pathSchema = (schema: JsonSchema): JsonSchema =>
  schema.type === "array" || schema.type === "object"
    ? { type: "string", description: `${textOf(schema.description)} Values, with commas between.`.trim() }
    : schema;

/** Whether values of a schema may be lists or objects: not where it says another type. */
const mayHoldMore = (schema: JsonSchema, depth = 0): boolean => {
  const { type, enum: choices, allOf, anyOf, oneOf } = schema;
  if (type !== undefined) return [type].flat().some((each) => each === "array" || each === "object");
  if (Array.isArray(choices)) return choices.some((each) => typeof each === "object" && each !== null);
  if (depth >= 5) return true;
  const all = (allOf as readonly JsonSchema[] | undefined) ?? [];
  const either = [anyOf, oneOf].map((each) => (each as readonly JsonSchema[] | undefined) ?? []);
  return (
    all.every((part) => mayHoldMore(part, depth + 1)) &&
    either.every((parts) => parts.length === 0 || parts.some((part) => mayHoldMore(part, depth + 1)))
  );
};

/** How the values of a list or an object are written (OpenAPI, "Style Values"). A value of any other kind stays one: it is never taken apart into fields. */
const styleOf = (parameter: JsonObject, schema: JsonSchema): ValueStyle => {
  if (!mayHoldMore(schema)) return "text";
  const style = textOf(parameter.style) || "form";
  if (style === "deepObject") return "deep";
  const explode = typeof parameter.explode === "boolean" ? parameter.explode : style === "form";
  if (explode) return "repeat";
  return style === "spaceDelimited" ? "space" : style === "pipeDelimited" ? "pipe" : "comma";
};

interface Fields {
  readonly properties: Readonly<Record<string, Json>>;
  readonly required: readonly string[];
}

/** The fields of an object whose fields are all known, over the parts of a whole; null where it has others, or other forms. */
const fieldsOf = (schema: JsonSchema): Fields | null => {
  const { allOf, anyOf, oneOf, enum: choices, additionalProperties, type } = schema;
  if (anyOf !== undefined || oneOf !== undefined || choices !== undefined) return null;
  if (additionalProperties !== undefined && additionalProperties !== false) return null;
  if (type !== undefined && type !== "object") return null;
  const parts = [schema, ...((allOf as readonly JsonSchema[] | undefined) ?? [])];
  const properties: Record<string, Json> = {};
  const required = new Set<string>();
  for (const [index, part] of parts.entries()) {
    const own = index === 0 ? { ...part, allOf: undefined } : part;
    const fields = index === 0 ? (own as Partial<Fields>) : fieldsOf(own);
    if (fields === null) return null;
    for (const [name, field] of Object.entries(fields.properties ?? {})) properties[name] = field;
    for (const name of fields.required ?? []) required.add(name);
  }
  if (Object.keys(properties).length === 0 && type === undefined && allOf === undefined) return null;
  return { properties, required: [...required].filter((name) => Object.hasOwn(properties, name)) };
};

/** The first answer of success that is JSON. */
const resultOf = (root: JsonObject, source: JsonObject): JsonSchema | null => {
  const answers = Object.entries(objectOf(source.responses) ?? {});
  const [, first] =
    answers.find(([status]) => /^2/.test(status)) ?? answers.find(([status]) => status === "default") ?? [];
  const answer = resolve(root, first);
  if (!answer.ok) return null;
  const media = Object.entries(objectOf(answer.value.content) ?? {}).find(([type]) => /[/+]json\b/i.test(type))?.[1];
  const schema = objectOf(media)?.schema;
  return schema === undefined ? null : plainSchema(root, schema, { most: toolLimits.schema, sent: false }).schema;
};
