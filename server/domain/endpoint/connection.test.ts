import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { createEndpointInput } from "./endpoint.types";

const certificate = readFileSync("server/platform/egress/authority-fixture/authority.pem", "utf8").trim();
const canary = "team-canary-55aa10";

let database: Database;
let server: http.Server;
let origin: string;
let api: ReturnType<typeof callerOf>;
const requests: { readonly url: string; readonly headers: http.IncomingHttpHeaders; readonly body: string }[] = [];

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  api = callerOf(database, await addMember(database, "owner"));
  // Azure's way: a deployment in the path, a version in the query, a key in a header of its own, and no list of models.
  server = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    requests.push({ url: request.url ?? "", headers: request.headers, body: Buffer.concat(parts).toString() });
    response.setHeader("content-type", "application/json");
    const path = (request.url ?? "").split("?")[0];
    if (path === "/openai/deployments/gpt/chat/completions") {
      if (request.headers["api-key"] !== "azure-key-1") {
        response.statusCode = 401;
        return response.end(JSON.stringify({ error: { message: `Access denied for ${request.headers["x-team"]}.` } }));
      }
      const message = { role: "assistant", content: "hello" };
      return response.end(
        JSON.stringify({
          choices: [{ index: 0, message, finish_reason: "stop" }],
          usage: { prompt_tokens: 1, completion_tokens: 1 },
        }),
      );
    }
    response.statusCode = 404;
    return response.end(JSON.stringify({ error: { code: "404", message: "Resource not found" } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await database.close();
});

let count = 0;
const create = async (more: object = {}) => {
  count += 1;
  const { id } = await api.endpoint.create({
    name: `Azure ${count}`,
    slug: `azure-${count}`,
    replicas: [{ baseUrl: `${origin}/openai/deployments/gpt/chat/completions?api-version=2024-10-21` }],
    apiKey: "azure-key-1",
    keyHeader: "api-key",
    headers: [{ name: "X-Team", value: canary }],
    models: [{ name: "gpt" }],
    ...more,
  });
  return id;
};
const view = async (id: string) => (await api.endpoint.list()).find((each) => each.id === id);

describe("an endpoint in Azure's way", () => {
  it("keeps the query on every path, sends the key and headers its way, and needs no list of models", async () => {
    const id = await create();
    expect(await view(id)).toMatchObject({
      keyHeader: "api-key",
      headers: ["X-Team"],
      replicas: [{ baseUrl: `${origin}/openai/deployments/gpt?api-version=2024-10-21`, health: { state: "unknown" } }],
    });
    expect(await api.endpoint.test({ id })).toMatchObject({ ok: true, reply: "hello" });
    const last = requests.at(-1);
    expect(last?.url).toBe("/openai/deployments/gpt/chat/completions?api-version=2024-10-21");
    expect(last?.headers).toMatchObject({ "api-key": "azure-key-1", "x-team": canary });
    expect(last?.headers.authorization).toBeUndefined();
    await api.endpoint.probe({ id });
    expect((await view(id))?.replicas[0]?.health).toMatchObject({ state: "up", error: null });
  });

  it("shows no value of a header, and masks one that a server echoes", async () => {
    const id = await create({ apiKey: "wrong-key-22" });
    const answer = await api.endpoint.test({ id });
    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining("[API key]") } });
    expect(JSON.stringify([answer, await api.endpoint.list(), await api.endpoint.models()])).not.toContain(canary);
    const rows = await database.query(`SELECT * FROM "ModelEndpoint"`, []);
    expect(JSON.stringify(rows)).not.toContain(canary);
  });

  it("keeps a stored value whose header is named without one, and drops a header that is not named", async () => {
    const id = await create();
    await api.endpoint.update({
      id,
      headers: [
        { name: "x-team", value: null },
        { name: "X-More", value: "1" },
      ],
    });
    await api.endpoint.test({ id });
    expect(requests.at(-1)?.headers).toMatchObject({ "x-team": canary, "x-more": "1" });
    await api.endpoint.update({ id, headers: [] });
    await api.endpoint.test({ id });
    expect(requests.at(-1)?.headers["x-team"]).toBeUndefined();
    await expect(api.endpoint.update({ id, headers: [{ name: "X-New", value: null }] })).rejects.toThrow(
      'value of the header "X-New"',
    );
  });
});

describe("further request fields of an endpoint", () => {
  it("are kept, shown, and sent with each chat request, below what the app says itself", async () => {
    const extraFields = { chat_template_kwargs: { enable_thinking: false }, top_k: 20 };
    const id = await create({ extraFields });
    expect((await view(id))?.extraFields).toEqual(extraFields);
    await api.endpoint.test({ id });
    const sent = JSON.parse(requests.at(-1)?.body ?? "{}");
    expect(sent).toMatchObject({ model: "gpt", chat_template_kwargs: { enable_thinking: false }, top_k: 20 });
    expect(sent.messages).toHaveLength(1);
    await api.endpoint.update({ id, name: "Renamed" });
    expect((await view(id))?.extraFields).toEqual(extraFields);
    await api.endpoint.update({ id, extraFields: {} });
    await api.endpoint.test({ id });
    expect(JSON.parse(requests.at(-1)?.body ?? "{}").top_k).toBeUndefined();
  });

  it("cannot be what the app says itself", async () => {
    await expect(create({ extraFields: { model: "other" } })).rejects.toThrow(/set by the app itself/);
  });
});

describe("what is stored", () => {
  it("is sent neither to a new address nor by a new way", async () => {
    const id = await create();
    for (const change of [
      { proxy: `http://127.0.0.1:9` },
      { caCertificate: certificate },
      { replicas: [{ baseUrl: "http://127.0.0.1:9/v1" }] },
    ]) {
      await expect(api.endpoint.update({ id, ...change })).rejects.toThrow("never sent");
      // The headers alone are a secret as well.
      await expect(api.endpoint.update({ id, apiKey: "other-key-1", ...change })).rejects.toThrow("never sent");
    }
    for (const baseUrl of ["http://127.0.0.1:9/v1"]) {
      await expect(api.endpoint.discover({ endpointId: id, baseUrl })).rejects.toThrow("never sent");
      await expect(api.endpoint.discover({ endpointId: id, baseUrl, apiKey: "x" })).rejects.toThrow("never sent");
    }
    await expect(
      api.endpoint.discover({ endpointId: id, baseUrl: `${origin}/v1`, proxy: "http://127.0.0.1:9" }),
    ).rejects.toThrow("never sent");
    const changed = {
      apiKey: "k-123456",
      headers: [{ name: "X-Team", value: "new" }],
      caCertificate: certificate,
      proxy: "http://ann:pw-canary-7@127.0.0.1:9",
    };
    await api.endpoint.update({ id, ...changed });
    const shown = await view(id);
    expect(shown).toMatchObject({ proxy: "http://•••@127.0.0.1:9", caCertificate: certificate });
    expect(JSON.stringify(shown)).not.toContain("pw-canary");
  });
});

describe("a connection that cannot be", () => {
  it.each([
    ["a header of the connection's own", { headers: [{ name: "Host", value: "x" }] }],
    [
      "a header named twice",
      {
        headers: [
          { name: "A", value: "x" },
          { name: "a", value: "y" },
        ],
      },
    ],
    ["a header with a line break", { headers: [{ name: "A", value: "x\r\nB: y" }] }],
    ["too many headers", { headers: Array.from({ length: 21 }, (_, index) => ({ name: `A${index}`, value: "x" })) }],
    [
      "a private key for a certificate",
      { caCertificate: "-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----" },
    ],
    ["text for a certificate", { caCertificate: "hello" }],
    ["a broken certificate", { caCertificate: certificate.replace(/[A-Z]{3}/, "AAA").slice(0, -60) }],
    ["a proxy of another kind", { proxy: "socks5://127.0.0.1:1080" }],
    ["a proxy with a path", { proxy: "http://127.0.0.1:1080/x" }],
    ["a proxy at a metadata address", { proxy: "http://169.254.169.254:80" }],
    ["a key in the query", { replicas: [{ baseUrl: "http://127.0.0.1/v1?api_key=1" }] }],
  ])("is refused: %s", async (_, more) => {
    await expect(create(more)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

it("an endpoint keeps thousands of models, of any name, writes those alone that changed, and takes no more than five thousand", async () => {
  const names = Array.from({ length: 1_000 }, (_, index) => `org/model ${index}:latest@${"x".repeat(index % 150)}`);
  const id = await create({ models: names.map((name) => ({ name })) });
  const idOf = async (name: string) =>
    (await database.prisma.endpointModel.findFirst({ where: { endpointId: id, name } }))?.id;
  const [kept, priced] = [names[1] ?? "", names[2] ?? ""];
  const before = [await idOf(kept), await idOf(priced)];
  await api.endpoint.update({
    id,
    models: [...names.slice(1), "another"].map((name) => ({ name, ...(name === priced ? { inputUsdPerM: 2 } : {}) })),
  });
  const { models } = await api.endpoint.models();
  const own = models.filter(({ endpoint }) => endpoint.id === id);
  expect(own).toHaveLength(1_000);
  expect(own.find(({ name }) => name === priced)?.price.inputUsdPerM).toBe(2);
  expect(await idOf(kept)).toBe(before[0]);
  expect(await idOf(priced)).not.toBe(before[1]);
  const many = (count: number) => ({
    name: "Many",
    slug: "many",
    replicas: [{ baseUrl: "http://gpu/v1" }],
    models: Array.from({ length: count }, (_, index) => ({ name: `m${index}` })),
  });
  expect(createEndpointInput.safeParse(many(5_000)).success).toBe(true);
  expect(createEndpointInput.safeParse(many(5_001)).success).toBe(false);
});
