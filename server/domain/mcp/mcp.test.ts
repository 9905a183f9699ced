import { type ChildProcess, spawn } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { PinnedTool } from "@/runtime/capability/mcp/contract";
import { hashJson } from "@/runtime/graph/hash";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { mcpService } from "./mcp-service";

let database: Database;
let owner: Member;
let reference: ChildProcess;
let referenceUrl: string;
let own: http.Server;
let ownUrl: string;
/** What our server calls its tool's argument: changing it changes the tool. */
let argument = "city";
let hangs = false;
/** What each request to our server was signed by. */
const signed: (string | undefined)[] = [];
type Answer = (response: http.ServerResponse, id: unknown) => void;
/** What our server answers to methods of the protocol instead of what it would. */
let says: Readonly<Record<string, Answer>> = {};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

beforeAll(async () => {
  database = await openTestDatabase();
  owner = await addMember(database, "owner");
  const port = await freePort();
  const main = path.resolve("node_modules/@modelcontextprotocol/server-everything/dist/index.js");
  reference = spawn(process.execPath, [main, "streamableHttp"], {
    env: { ...process.env, PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  await new Promise<void>((resolve, reject) => {
    const heard = (text: Buffer) => /listening|running|port/i.test(String(text)) && resolve();
    reference.stdout?.on("data", heard);
    reference.stderr?.on("data", heard);
    reference.once("exit", (code) => reject(new Error(`The reference server ended with ${code}.`)));
  });
  referenceUrl = `http://127.0.0.1:${port}/mcp`;

  own = http.createServer(async (request, response) => {
    if (hangs) return;
    signed.push(request.headers.authorization);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const message = text === "" ? undefined : (JSON.parse(text) as { readonly method: string; readonly id: unknown });
    const said = says[message?.method ?? ""];
    if (said !== undefined) return said(response, message?.id);
    const server = new McpServer({ name: "own", version: "1" });
    server.registerTool(
      "weather",
      { description: "Tells the weather.", inputSchema: { [argument]: z.string() } },
      async (given) => ({
        content: [
          { type: "text", text: JSON.stringify({ given, authorization: request.headers.authorization ?? null }) },
        ],
      }),
    );
    server.registerTool("fails", { description: "Fails." }, async () => ({
      isError: true,
      content: [{ type: "text", text: "No such city." }],
    }));
    server.registerTool("leaves", { description: "Goes away." }, async () => {
      response.socket?.destroy();
      return { content: [] };
    });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    await server.connect(transport as never);
    await transport.handleRequest(request, response, message);
  });
  await new Promise<void>((resolve) => own.listen(0, "127.0.0.1", resolve));
  const ownPort = (own.address() as AddressInfo).port;
  ownUrl = `http://127.0.0.1:${ownPort}/mcp`;
  await callerOf(database, owner).workspace.update({ toolHosts: [`127.0.0.1:${port}`, `127.0.0.1:${ownPort}`] });
});
afterAll(async () => {
  reference.kill();
  own.closeAllConnections();
  await new Promise((resolve) => own.close(resolve));
  await database.close();
});

const answers =
  (result: object): Answer =>
  (response, id) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify({ jsonrpc: "2.0", id, result }));
  };
const whileSaying = async <Value>(given: typeof says, work: () => Promise<Value>): Promise<Value> => {
  says = given;
  try {
    return await work();
  } finally {
    says = {};
  }
};
const idOf = async (name: string) => (await api().mcp.list()).find((server) => server.name === name)?.id ?? "";
const api = () => callerOf(database, owner);
const toolsOf = async (name: string) => (await api().mcp.list()).find((server) => server.name === name)?.tools ?? [];
const pinned = async (server: string, name: string): Promise<PinnedTool> => {
  const tool = (await toolsOf(server)).find((each) => each.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  return { server, ...tool };
};
const call = (
  tool: PinnedTool,
  given: Record<string, unknown>,
  milliseconds = 5_000,
  signal = new AbortController().signal,
) => mcpService(database, owner.workspaceId).call({ tool, arguments: given, milliseconds }, signal);

describe("the official reference server", () => {
  it("is asked for its tools, which can be called", async () => {
    expect(await api().mcp.create({ name: "everything", url: referenceUrl, credential: null })).toMatchObject({
      problem: null,
    });
    const names = (await toolsOf("everything")).map(({ name }) => name);
    expect(names).toContain("echo");
    const echo = await pinned("everything", "echo");
    expect(echo.parameters).toMatchObject({ type: "object", properties: { message: { type: "string" } } });
    expect(await call(echo, { message: "hello" })).toEqual({ text: "Echo: hello", isError: false });
    // The connection is used again.
    expect(await call(echo, { message: "again" })).toMatchObject({ text: "Echo: again" });
  });

  it("says what is wrong with arguments", async () => {
    const reply = await call(await pinned("everything", "echo"), {}).catch((error: unknown) => error);
    expect(JSON.stringify(reply)).toMatch(/isError":true|tool-rejected/);
  });
});

describe("a server of tools", () => {
  it("that changed a tool is told of, and not called unseen", async () => {
    await api().mcp.create({ name: "own", url: ownUrl, credential: null });
    const weather = await pinned("own", "weather");
    expect(await call(weather, { city: "Paris" })).toMatchObject({ isError: false });
    argument = "place";
    const server = (await api().mcp.list()).find(({ name }) => name === "own");
    await api().mcp.update({ id: server?.id ?? "", name: "own" });
    await expect(call(weather, { city: "Paris" })).rejects.toMatchObject({ code: "tool-changed" });
    // Changed once more, and nobody refreshed it: what the call met is what the settings show.
    argument = "town";
    await api().mcp.update({ id: server?.id ?? "", url: `${ownUrl}?again` });
    await database.prisma.mcpServer.updateMany({ where: { name: "own" }, data: { tools: [] } });
    await expect(call(weather, { city: "Paris" })).rejects.toMatchObject({ code: "tool-changed" });
    expect((await pinned("own", "weather")).parameters).toMatchObject({ properties: { town: {} } });
    argument = "place";
    await api().mcp.update({ id: server?.id ?? "", url: ownUrl });
    const now = await pinned("own", "weather");
    expect(now.hash).not.toBe(weather.hash);
    expect(await call(now, { place: "Paris" })).toMatchObject({ text: expect.stringContaining("Paris") });
    await expect(call({ ...now, name: "gone" }, {})).rejects.toMatchObject({ code: "tool-unknown" });
    await expect(call({ ...now, server: "nobody" }, {})).rejects.toMatchObject({ code: "tool-unknown" });
  });

  it("that fails says so, and one that goes away in the middle is connected to anew", async () => {
    expect(await call(await pinned("own", "fails"), {})).toEqual({ text: "No such city.", isError: true });
    await expect(call(await pinned("own", "leaves"), {}, 1_000)).rejects.toMatchObject({
      code: expect.stringMatching(/^tool-(unavailable|timeout)$/),
    });
    expect(await call(await pinned("own", "fails"), {})).toMatchObject({ isError: true });
  });

  it("that says nothing is left after the time of the call, or when the step is stopped", async () => {
    const fails = await pinned("own", "fails");
    hangs = true;
    try {
      await expect(call(fails, {}, 300)).rejects.toMatchObject({ code: expect.stringMatching(/^tool-/) });
      const controller = new AbortController();
      const stopped = call(fails, {}, 300, controller.signal);
      controller.abort(new Error("enough"));
      await expect(stopped).rejects.toThrow();
    } finally {
      hangs = false;
    }
  });

  it("is signed in to by a credential, which it cannot give back", async () => {
    process.env.PIPEWRIGHT_SECRET_KEY = Buffer.alloc(32, 3).toString("base64");
    const hosts = [new URL(ownUrl).host];
    await api().credential.create({
      name: "mcp key",
      hosts,
      settings: { kind: "bearer" },
      secret: "sk-canary-of-mcp-1234",
    });
    const server = (await api().mcp.list()).find(({ name }) => name === "own");
    await api().mcp.update({ id: server?.id ?? "", credential: "mcp key" });
    const { text } = await call(await pinned("own", "weather"), { [argument]: "Paris" });
    expect(text).toContain("Bearer");
    expect(text).not.toContain("canary");
  });

  it("that cannot be reached, or may not be, is kept with what is wrong", async () => {
    const blocked = await api().mcp.create({ name: "metadata", url: "http://169.254.169.254/mcp", credential: null });
    expect(blocked.problem).toMatch(/does not let steps call/);
    const stranger = await addMember(database, "owner");
    const made = await callerOf(database, stranger).mcp.create({ name: "private", url: ownUrl, credential: null });
    expect(made.problem).toMatch(/blocked|private/);
    await expect(api().mcp.create({ name: "own", url: ownUrl, credential: null })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    await expect(api().mcp.create({ name: "file", url: "file:///etc/passwd", credential: null })).rejects.toMatchObject(
      { code: "BAD_REQUEST" },
    );
  });
});

describe("what a server sends", () => {
  const list = (outputSchema?: object, description = "Answers.") =>
    answers({
      tools: [
        {
          name: "answers",
          description,
          inputSchema: { type: "object", properties: {} },
          ...(outputSchema === undefined ? {} : { outputSchema }),
        },
      ],
    });
  const objectOf = (a: object) => ({ type: "object", properties: { a } });
  /** Asks for the tools anew, and calls the one of them. */
  const callOf = (given: typeof says) =>
    whileSaying({ "tools/list": list(), ...given }, async () => {
      await api().mcp.refresh({ id: await idOf("own") });
      return call(await pinned("own", "answers"), {});
    });
  const toolNow = (outputSchema?: object) =>
    whileSaying({ "tools/list": list(outputSchema) }, async () => {
      await api().mcp.refresh({ id: await idOf("own") });
      return pinned("own", "answers");
    });

  it("is not held against its own schema, whose patterns may take for ever", async () => {
    const structuredContent = { a: `${"a".repeat(20)}!` };
    const slow = objectOf({ type: "string", pattern: "^(a+)+$" });
    const reply = await callOf({
      "tools/list": list(slow),
      "tools/call": answers({ content: [], structuredContent }),
    });
    expect(reply).toEqual({ text: "", data: structuredContent, isError: false });
  });

  it("may not have another schema of answers than what was pinned", async () => {
    const text = await toolNow(objectOf({ type: "string" }));
    const number = await toolNow(objectOf({ type: "number" }));
    expect(number.hash).not.toBe(text.hash);
    // What was pinned of a tool without such a schema before they were looked at stays valid.
    const { name, description, parameters, hash } = await toolNow();
    expect(hash).toBe(hashJson({ name, description, parameters } as never));
  });

  /** Without end, in the forms in which an answer comes. */
  const endless =
    (type: string, chunk: Buffer): Answer =>
    (response) => {
      response.writeHead(200, { "content-type": type });
      const more = () => {
        if (response.destroyed) return;
        while (response.write(chunk));
        response.once("drain", more);
      };
      response.on("error", () => {});
      more();
    };
  const event = `data: ${JSON.stringify({ jsonrpc: "2.0", method: "notifications/message" })}\n\n`;
  it.each([
    ["JSON", "application/json", Buffer.alloc(64 * 1024, " "), "4,000,000 bytes"],
    ["events", "text/event-stream", Buffer.from(event.repeat(1_000)), "10,000 lines"],
    ["one event", "text/event-stream", Buffer.from(`data: ${"x".repeat(64 * 1024)}\n`), "4,000,000 bytes"],
  ])("without end as %s is left off at its bound", async (_, type, chunk, bound) => {
    await expect(callOf({ "tools/call": endless(type, chunk) })).rejects.toMatchObject({
      code: "value-too-large",
      message: expect.stringContaining(`"own" answers more than ${bound}`),
    });
  });

  it("without end as its list of tools is left off, and said where the server stands", async () => {
    const listed = await whileSaying({ "tools/list": endless("text/event-stream", Buffer.from(event)) }, async () =>
      api().mcp.refresh({ id: await idOf("own") }),
    );
    expect(listed.problem).toMatch(/more than 10,000 lines/);
  });

  it("packed small and unpacked beyond its bound is left off as well", async () => {
    const packed = gzipSync(Buffer.alloc(50_000_000, " "));
    const bomb: Answer = (response) => {
      response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
      response.end(packed);
    };
    await expect(callOf({ "tools/call": bomb })).rejects.toMatchObject({ code: "value-too-large" });
  });

  it("as data that is longer once it is written out is refused", async () => {
    const answer: Answer = (response, id) => {
      response.writeHead(200, { "content-type": "application/json" });
      const numbers = `[${Array.from({ length: 300_000 }, () => "1e20").join()}]`;
      response.end(`{"jsonrpc":"2.0","id":${id},"result":{"content":[],"structuredContent":{"numbers":${numbers}}}}`);
    };
    await expect(callOf({ "tools/call": answer })).rejects.toMatchObject({ code: "value-too-large" });
  });

  it("is shown without the credential, as what is wrong and as what a tool is for", async () => {
    const secret = "sk-canary-of-mcp-1234";
    const refusal: Answer = (response, id) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32603, message: `No such key: ${secret}` } }));
    };
    const id = await idOf("own");
    const shown = async (answer: Answer) => {
      await whileSaying({ "tools/list": answer }, () => api().mcp.refresh({ id }));
      return JSON.stringify((await api().mcp.list()).find((server) => server.id === id));
    };
    const refused = await shown(refusal);
    expect(refused).toContain("No such key");
    expect(refused).not.toContain("canary");
    const told = await shown(list(undefined, `Signed in as ${secret}.`));
    expect(told).toContain("Signed in as");
    expect(told).not.toContain("canary");
    await api().mcp.refresh({ id });
  });

  it("comes over a connection made with the hosts and the secret of now", async () => {
    const { toolHosts } = await database.prisma.workspace.findUniqueOrThrow({ where: { id: owner.workspaceId } });
    const weather = await pinned("own", "weather");
    const ask = () => call(weather, { [argument]: "Paris" });
    await ask();
    expect(signed.at(-1)).toBe("Bearer sk-canary-of-mcp-1234");
    const id = (await api().credential.list()).find(({ name }) => name === "mcp key")?.id ?? "";
    await api().credential.update({ id, secret: "another-secret-of-mcp" });
    await ask();
    expect(signed.at(-1)).toBe("Bearer another-secret-of-mcp");

    await api().workspace.update({ toolHosts: ["nowhere.example"] });
    await expect(ask()).rejects.toMatchObject({ code: "tool-blocked" });
    await api().workspace.update({ toolHosts });
    await ask();

    await api().credential.remove({ id });
    await expect(ask()).rejects.toMatchObject({ code: "credential-unknown" });
  });
});
