import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import type { WebRequest } from "@/runtime/capability/web/contract";
import { agentTool } from "../agent/agent-tool";
import { requestFields, requestOf } from "../http-request";
import { openApiLimits } from "./limits";
import { operationsOf } from "./operations";
import { readDescription, yamlOptions } from "./read-description";
import { requestOfOperation } from "./request-of-operation";
import { serversOf } from "./servers";

const read = (text: string) => readDescription(text, async (yaml) => parse(yaml, yamlOptions));
const rootOf = async (text: string) => {
  const found = await read(text);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value;
};
const describedBy = (paths: object, further: object = {}) =>
  JSON.stringify({ openapi: "3.0.3", info: { title: "T", version: "1" }, paths, ...further });
const first = async (text: string) => {
  const root = await rootOf(text);
  const [operation] = operationsOf(root).operations;
  if (operation === undefined) throw new Error("no operation");
  return requestOfOperation(root, operation);
};
const made = async (text: string) => {
  const found = await first(text);
  if (!found.ok) throw new Error(JSON.stringify(found.problem));
  return found;
};
/** What is sent for these arguments. */
const sent = async (text: string, values: Record<string, unknown>): Promise<Partial<WebRequest>> => {
  const { request } = await made(text);
  const settings = z.object(requestFields).parse({ ...request, url: `https://api.test${request.url}` });
  return requestOf(settings, values);
};

describe("a description of an API", () => {
  it.each([
    ["", "empty"],
    ["  \n", "empty"],
    ['{"swagger": "2.0", "paths": {}}', "swagger"],
    ["swagger: '2.0'\npaths: {}", "swagger"],
    ["<!doctype html><title>Sign in</title>", "not-openapi"],
    ['{"openapi": "4.0.0", "paths": {}}', "version"],
    ["openapi: 3.1.0\ninfo: {}\nwebhooks: {}", "no-operations"],
    ["a: [1", "unreadable"],
    ["a: &a [*a]", "too-deep"],
    [
      `openapi: 3.0.0\na: &a [x,x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g"].map((name, at) => `${name}: &${name} [${Array.from({ length: 10 }, () => `*${"abcdefg"[at]}`)}]`).join("\n")}`,
      "too-large",
    ],
    [`${'{"a":'.repeat(300)}1${"}".repeat(300)}`, "too-deep"],
    ["x".repeat(openApiLimits.characters + 1), "too-large"],
  ])("is refused with a word: %.40s", async (text, code) => {
    expect(await read(text)).toMatchObject({ ok: false, error: { code } });
  });

  it("is read from YAML with a mark, numbers as versions, merges and anchors", async () => {
    const root = await rootOf(
      "\uFEFFopenapi: 3.1\nx-base: &base\n  responses: {200: {description: ok}}\npaths:\n  /a:\n    get: {<<: *base, operationId: list a}\n    post: {<<: *base}\n",
    );
    expect(operationsOf(root).operations.map(({ key, name }) => [key, name])).toEqual([
      ["GET /a", "list_a"],
      ["POST /a", "post__a"],
    ]);
  });

  it("says which operations it cannot take, and takes so many", async () => {
    const paths: Record<string, object> = {
      "/x": { $ref: "other.yaml#/x" },
      "/y": { options: {}, trace: {}, get: {} },
    };
    for (let at = 0; at < openApiLimits.operations; at += 1) paths[`/p${at}`] = { get: {} };
    const found = operationsOf(await rootOf(describedBy(paths)));
    expect(found.unknown).toEqual(["/x", "OPTIONS /y", "TRACE /y"]);
    expect([found.operations.length, found.left]).toEqual([openApiLimits.operations, 1]);
  });

  it("names its servers with the initial values of their variables", async () => {
    const servers = [
      {
        url: "https://{region}.api.test:{port}/v1/",
        variables: { region: { default: "eu" }, port: { enum: ["443"] } },
      },
      { url: "/v2" },
      { url: "api.test/v3" },
      { url: "file:///etc" },
    ];
    const root = await rootOf(describedBy({}, { servers }));
    expect(serversOf(root, "https://docs.test/spec/openapi.json?x=1")).toEqual([
      "https://eu.api.test:443/v1",
      "https://docs.test/v2",
      "https://api.test/v3",
    ]);
    expect(serversOf(root, null)).toEqual(["https://eu.api.test:443/v1", "https://api.test/v3"]);
    expect(serversOf(await rootOf(describedBy({})), "https://docs.test/a/b.json")).toEqual(["https://docs.test"]);
  });
});

describe("the request of an operation", () => {
  it("follows references to parameters and bodies, and takes a path's for its operations", async () => {
    const text = describedBy(
      {
        "/orders/{order-id}": {
          parameters: [
            { $ref: "#/components/parameters/id" },
            { in: "query", name: "page", schema: { type: "integer" } },
          ],
          put: {
            operationId: "change order",
            parameters: [{ in: "query", name: "page", required: true, schema: { type: "integer", minimum: 1 } }],
            requestBody: { $ref: "#/components/requestBodies/order" },
          },
        },
      },
      {
        components: {
          parameters: { id: { in: "path", name: "order-id", required: true, schema: { type: "string" } } },
          requestBodies: {
            order: {
              required: true,
              content: { "application/json": { schema: { $ref: "#/components/schemas/order" } } },
            },
          },
          schemas: {
            order: {
              allOf: [
                { type: "object", properties: { id: { type: "integer", readOnly: true } }, required: ["id"] },
                {
                  type: "object",
                  properties: { state: { type: "string" }, note: { type: "string", nullable: true } },
                  required: ["state"],
                },
              ],
            },
          },
        },
      },
    );
    const found = await made(text);
    expect(found.parameters).toEqual({
      type: "object",
      properties: {
        "order-id": { type: "string" },
        page: { type: "integer", minimum: 1 },
        state: { type: "string" },
        note: { type: ["string", "null"] },
      },
      required: ["order-id", "page", "state"],
      additionalProperties: false,
    });
    expect(found.class).toBe("write");
    expect(await sent(text, { "order-id": "a/b", page: 2, state: "sent" })).toMatchObject({
      method: "PUT",
      url: "https://api.test/orders/a%2Fb?page=2",
      body: { text: '{"state":"sent"}' },
    });
    expect((await sent(text, { "order-id": "a", page: 2, state: "", note: null })).body).toMatchObject({
      text: '{"state":"","note":null}',
    });
  });

  it.each([
    [{}, { tags: ["a", "b c"] }, "?tags=a&tags=b+c"],
    [{ explode: false }, { tags: ["a", "b"] }, "?tags=a%2Cb"],
    [{ style: "pipeDelimited", explode: false }, { tags: ["a", "b"] }, "?tags=a%7Cb"],
    [{ style: "spaceDelimited", explode: false }, { tags: ["a", "b"] }, "?tags=a+b"],
    [
      { style: "deepObject", explode: true },
      { tags: { a: { b: 1 }, c: [2, 3], d: null } },
      "?tags%5Ba%5D%5Bb%5D=1&tags%5Bc%5D%5B%5D=2&tags%5Bc%5D%5B%5D=3",
    ],
    // An object of a form is its fields, each a parameter of its own.
    [{}, { tags: { a: 1, b: "x" } }, "?a=1&b=x"],
    [
      { content: { "application/json": { schema: {} } } },
      { tags: { a: [1] } },
      `?tags=${encodeURIComponent('{\n  "a": [\n    1\n  ]\n}').replaceAll("%20", "+")}`,
    ],
    // What need not be given is left out, also where a model gives it empty.
    [{}, {}, ""],
    [{}, { tags: "" }, ""],
    [{}, { tags: [] }, ""],
  ])("writes lists and objects as the description asks: %j %j", async (given, values, search) => {
    const text = describedBy({ "/a": { get: { parameters: [{ in: "query", name: "tags", ...given }] } } });
    expect(new URL((await sent(text, values)).url ?? "").search).toBe(search);
  });

  it("lets no value bring a parameter that the request has of its own, or be taken apart where it is no object", async () => {
    const customer = { in: "query", name: "customer", schema: { type: "integer" }, required: true };
    const q = (schema: object) =>
      describedBy({ "/a": { get: { parameters: [customer, { in: "query", name: "q", schema }] } } });
    const values = { customer: 17, q: { customer: 99 } };
    for (const schema of [
      { type: "string" },
      { enum: ["a"] },
      { allOf: [{ type: "string" }] },
      { type: ["string", "null"] },
    ]) {
      const { searchParams } = new URL((await sent(q(schema), values)).url ?? "");
      expect(searchParams.getAll("customer")).toEqual(["17"]);
    }
    for (const schema of [{}, { type: "object" }, { anyOf: [{ type: "string" }, { type: "object" }] }])
      await expect(sent(q(schema), values)).rejects.toMatchObject({ code: "value-invalid" });
    const before = describedBy({
      "/a": { get: { parameters: [{ in: "query", name: "q", schema: { type: "object" } }, customer] } },
    });
    await expect(sent(before, values)).rejects.toMatchObject({ code: "value-invalid" });
    expect(new URL((await sent(before, { customer: 17, q: { page: 2 } })).url ?? "").search).toBe(
      "?customer=17&page=2",
    );
  });

  it("bounds what one value comes to", async () => {
    const text = describedBy({ "/a": { get: { parameters: [{ in: "query", name: "tags" }] } } });
    await expect(sent(text, { tags: Array.from({ length: 1_001 }, String) })).rejects.toMatchObject({
      code: "value-too-large",
    });
    const deep = describedBy({ "/a": { get: { parameters: [{ in: "query", name: "tags", style: "deepObject" }] } } });
    const tags = JSON.parse(`${'{"a":'.repeat(9)}1${"}".repeat(9)}`) as object;
    await expect(sent(deep, { tags })).rejects.toMatchObject({ code: "value-invalid" });
  });

  it("takes a body that is a list, has any fields, or several forms as one argument", async () => {
    for (const schema of [
      { type: "array", items: { type: "integer" } },
      { type: "object", additionalProperties: { type: "string" } },
      {
        oneOf: [
          { type: "object", properties: { a: {} } },
          { type: "object", properties: { b: {} } },
        ],
      },
    ]) {
      const text = describedBy({
        "/a": { post: { requestBody: { required: true, content: { "application/json": { schema } } } } },
      });
      expect((await made(text)).parameters.required).toEqual(["body"]);
      expect((await sent(text, { body: [1, 2] })).body).toMatchObject({ text: "[1,2]" });
    }
    const optional = describedBy({
      "/a": {
        post: {
          requestBody: {
            content: { "application/json": { schema: { type: "object", properties: { a: {} }, required: ["a"] } } },
          },
        },
      },
    });
    expect((await sent(optional, {})).body).toBeNull();
  });

  it("keeps a field of the body apart from a parameter of its name, and off names that are taken", async () => {
    const schema = {
      type: "object",
      properties: { id: { type: "string" }, error: { type: "string" }, constructor: { type: "string" }, $top: {} },
    };
    const text = describedBy({
      "/a/{id}": { post: { requestBody: { required: true, content: { "application/json": { schema } } } } },
    });
    const names = Object.keys((await made(text)).parameters.properties as object);
    expect(names).toEqual(["id", "id_2", "error_", "constructor_", "top"]);
    const body = { id: "b", error: "e", constructor: "c", $top: 3 };
    expect(await sent(text, { id: "a", id_2: "b", error_: "e", constructor_: "c", top: 3 })).toMatchObject({
      url: "https://api.test/a/a",
      body: { text: JSON.stringify(body) },
    });
  });

  it("sends forms, and files where a step brings them", async () => {
    const form = {
      type: "object",
      properties: { amount: { type: "integer" }, metadata: { type: "object" } },
      required: ["amount"],
    };
    const encoding = { metadata: { style: "deepObject", explode: true } };
    const text = describedBy({
      "/a": { post: { requestBody: { content: { "application/x-www-form-urlencoded": { schema: form, encoding } } } } },
    });
    expect((await sent(text, { amount: 5, metadata: { order: "7" } })).body).toEqual({
      kind: "form",
      fields: [
        { name: "amount", value: "5" },
        { name: "metadata[order]", value: "7" },
      ],
    });
    const multipart = {
      type: "object",
      properties: { file: { type: "string", format: "binary" }, purpose: { type: "string" } },
    };
    const found = await made(
      describedBy({ "/a": { post: { requestBody: { content: { "multipart/form-data": { schema: multipart } } } } } }),
    );
    expect(found.request.files).toEqual([{ name: "file", input: "file" }]);
    expect(found.notes).toContainEqual({ code: "files" });
  });

  it.each([
    [{ parameters: [{ $ref: "shared.yaml#/id" }] }, { code: "reference", reference: "shared.yaml#/id" }],
    [
      { parameters: [{ $ref: "https://evil.test/p.json" }] },
      { code: "reference", reference: "https://evil.test/p.json" },
    ],
    [{ parameters: [{ $ref: "#/nowhere" }] }, { code: "reference", reference: "#/nowhere" }],
    [{ parameters: [{ $ref: "#/paths/~1a/post/parameters/0" }] }, { code: "reference" }],
    [{ parameters: [{ in: "cookie", name: "session", required: true }] }, { code: "parameter", name: "session" }],
    [{ parameters: [{ in: "path", name: "id", style: "matrix" }] }, { code: "parameter", name: "id" }],
    [
      { requestBody: { content: { "application/octet-stream": {} } } },
      { code: "body", type: "application/octet-stream" },
    ],
  ])("is refused where it could not be made: %j", async (operation, problem) => {
    expect(await first(describedBy({ "/a": { post: operation } }))).toMatchObject({ ok: false, problem });
  });

  it("says what it leaves out", async () => {
    const parameters = [
      { in: "cookie", name: "theme" },
      { in: "header", name: "Accept" },
      { in: "header", name: "X Bad" },
      ...Array.from({ length: openApiLimits.variables + 1 }, (_, at) => ({ in: "query", name: `q${at}` })),
    ];
    const found = await made(describedBy({ "/a": { get: { parameters } } }));
    expect(found.notes.map((note) => ("name" in note ? note.name : note.code))).toEqual(["theme", "X Bad", "q40"]);
  });

  it("cuts what holds itself, and what is too large, and says so", async () => {
    const node = {
      type: "object",
      properties: { name: { type: "string" }, child: { $ref: "#/components/schemas/node" } },
    };
    const body = (schema: object) => ({ requestBody: { required: true, content: { "application/json": { schema } } } });
    const circular = await made(
      describedBy(
        { "/a": { post: body({ $ref: "#/components/schemas/node" }) } },
        { components: { schemas: { node } } },
      ),
    );
    expect(circular.parameters.properties).toEqual({ name: { type: "string" }, child: {} });
    expect(circular.notes).toEqual([{ code: "schema-shortened" }]);
    const fan = (depth: number): object =>
      depth === 0
        ? { type: "string", description: "x".repeat(400) }
        : { type: "object", properties: Object.fromEntries("abcdef".split("").map((name) => [name, fan(depth - 1)])) };
    const large = await made(describedBy({ "/a": { post: body(fan(5)) } }));
    expect(large.notes).toEqual([{ code: "schema-shortened" }]);
    const tool = {
      ...large.request,
      url: "https://api.test/a",
      name: "a",
      class: large.class,
      parameters: large.parameters,
    };
    expect(agentTool.safeParse(tool).success).toBe(true);
  });

  it("lifts what 3.0 writes otherwise, and drops patterns that cannot be run", async () => {
    const schema = {
      type: "integer",
      minimum: 1,
      exclusiveMinimum: true,
      nullable: true,
      example: 3,
      xml: {},
      "x-a": 1,
    };
    const text = describedBy({
      "/a": {
        get: {
          parameters: [
            { in: "query", name: "n", schema },
            { in: "query", name: "s", schema: { type: "string", pattern: "^(?!a)b$" } },
            { in: "query", name: "u", schema: { type: "string", pattern: "^\\p{Foo}$" } },
          ],
        },
      },
    });
    expect((await made(text)).parameters.properties).toEqual({
      n: { type: ["integer", "null"], exclusiveMinimum: 1 },
      s: { type: "string" },
      u: { type: "string" },
    });
  });

  it.each([
    [{ type: "http", scheme: "Basic" }, { kind: "basic" }],
    [{ type: "http", scheme: "bearer" }, { kind: "bearer" }],
    [
      { type: "apiKey", in: "header", name: "X-Key" },
      { kind: "header", name: "X-Key" },
    ],
    [
      { type: "apiKey", in: "query", name: "key" },
      { kind: "query", name: "key" },
    ],
    [{ type: "apiKey", in: "cookie", name: "key" }, null],
    [{ type: "mutualTLS" }, null],
    [{ type: "openIdConnect" }, { kind: "bearer" }],
    [
      { type: "oauth2", flows: { clientCredentials: { tokenUrl: "https://a.test/token", scopes: {} } } },
      { kind: "oauth2", tokenUrl: "https://a.test/token", scope: "read" },
    ],
  ])("says how it signs in: %j", async (scheme, signIn) => {
    const text = describedBy(
      { "/a": { get: {} } },
      { security: [{ s: ["read"] }], components: { securitySchemes: { s: scheme } } },
    );
    const { needs, notes } = await made(text);
    expect(needs).toEqual({ signIn, isOptional: false, isUnknown: signIn === null });
    expect(notes).toEqual(signIn === null ? [{ code: "sign-in-unknown" }] : []);
  });

  it("goes to the server that the operation, or else its path, names in place of the description's", async () => {
    const servers = (url: string) => ({ servers: [{ url }] });
    const paths = {
      "/files": { ...servers("https://upload.test/api"), post: {}, get: servers("https://read.test/{v}") },
      "/users": { get: {} },
      "/relative": { get: servers("/v9") },
    };
    const root = await rootOf(describedBy(paths, servers("https://api.test")));
    const all = (cameFrom: string | null) =>
      Promise.all(operationsOf(root).operations.map((each) => requestOfOperation(root, each, cameFrom)));
    const serversIn = async (cameFrom: string | null) =>
      (await all(cameFrom)).map((each) => (each.ok ? each.server : each.problem.code));
    const own = ["https://upload.test/api", "https://read.test/{v}", null];
    expect(await serversIn(null)).toEqual([...own, "server"]);
    expect(await serversIn("https://docs.test/openapi.json")).toEqual([...own, "https://docs.test/v9"]);
  });

  it("gives each method its class, and the schema of what it answers", async () => {
    const operation = {
      responses: { "200": { content: { "application/json": { schema: { type: "array", items: {} } } } } },
    };
    const root = await rootOf(
      describedBy({ "/a": { get: operation, head: {}, post: {}, put: {}, patch: {}, delete: {} } }),
    );
    const all = await Promise.all(operationsOf(root).operations.map((each) => requestOfOperation(root, each)));
    expect(all.map((each) => each.ok && each.class)).toEqual([
      "read",
      "read",
      "write",
      "write",
      "write",
      "irreversible",
    ]);
    expect(all[0]).toMatchObject({ result: { type: "array", items: {} } });
  });
});
