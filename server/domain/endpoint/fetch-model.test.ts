import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

describe("fetching a model of the shipped endpoint", () => {
  let database: Database;
  let server: http.Server;
  const asked: { path: string; key: string | undefined; body: string }[] = [];

  beforeAll(async () => {
    process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
    server = http.createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      asked.push({ path: request.url ?? "", key: request.headers.authorization, body });
      response.writeHead(body.includes("unknown") ? 404 : 202).end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    process.env.PIPEWRIGHT_LOCAL_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.PIPEWRIGHT_LOCAL_ENDPOINT_KEY = "key";
    database = await openTestDatabase();
  });
  afterAll(async () => {
    delete process.env.PIPEWRIGHT_LOCAL_ENDPOINT_URL;
    delete process.env.PIPEWRIGHT_LOCAL_ENDPOINT_KEY;
    server.closeAllConnections();
    await database.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it("asks it with its key, and writes down who did", async () => {
    const owner = await addMember(database, "owner");
    const api = callerOf(database, owner);
    expect(await api.endpoint.fetch({ name: "qwen3-4b-instruct" })).toEqual({ name: "qwen3-4b-instruct" });
    expect(asked).toEqual([{ path: "/models/fetch", key: "Bearer key", body: '{"model":"qwen3-4b-instruct"}' }]);
    const { workspaceId } = owner;
    expect(
      await database.prisma.auditEntry.findMany({ where: { workspaceId, action: "endpoint.fetch" } }),
    ).toMatchObject([{ data: { model: "qwen3-4b-instruct" } }]);
  });

  it("says what to do by hand where it does not fetch, and takes no name that is none", async () => {
    const api = callerOf(database, await addMember(database, "owner"));
    await expect(api.endpoint.fetch({ name: "unknown" })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    for (const name of ["../x", "a b", "", "x;y"]) await expect(api.endpoint.fetch({ name })).rejects.toThrow();
  });
});
