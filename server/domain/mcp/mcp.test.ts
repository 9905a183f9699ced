import { type ChildProcess, spawn } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import path from "node:path";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { PinnedTool } from "@/runtime/capability/mcp/contract";
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
    await transport.handleRequest(request, response);
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
