import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ScriptedFiles } from "@/runtime/capability/files/scripted";
import type { WebRequest } from "@/runtime/capability/web/contract";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { webService } from "./web-service";

const secret = 'sk-"canary\\of-the-credential-9a8b7c';
let database: Database;
let owner: Member;
let server: http.Server;
let port: number;
let asked: { method: string; path: string; headers: http.IncomingHttpHeaders; body: string }[] = [];
let failures = 0;

/** A service of many moods, by path. */
const answer = (request: http.IncomingMessage, body: string, response: http.ServerResponse): unknown => {
  const path = request.url ?? "/";
  const json = (status: number, value: unknown, headers: Record<string, string> = {}) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(value));
  };
  if (path === "/json") return json(200, { ok: true }, { "x-total-count": "3", "set-cookie": "a=b" });
  if (path === "/echo") return json(200, { headers: request.headers, body, path });
  if (path.startsWith("/query")) return json(200, { path });
  if (path === "/flaky") {
    failures += 1;
    return failures < 3 ? json(503, { error: "busy" }, { "retry-after": "0" }) : json(200, { failures });
  }
  if (path === "/busy-long") return json(429, { error: "later" }, { "retry-after": "3600" });
  if (path === "/never") return;
  if (path === "/endless") {
    response.writeHead(200, { "content-type": "application/json" });
    const chunk = Buffer.alloc(64 * 1024, 120);
    const more = () => {
      while (response.write(chunk));
      response.once("drain", more);
    };
    response.on("error", () => {});
    return more();
  }
  if (path === "/openapi") return json(200, { openapi: "3.1.0", info: { title: "x".repeat(5_000_000) } });
  if (path === "/html") {
    response.writeHead(200, { "content-type": "text/html" });
    response.end("<!doctype html><title>Sign in</title>");
    return;
  }
  if (path === "/gbk") {
    response.writeHead(200, { "content-type": "text/plain; charset=gbk" });
    response.end(Buffer.from([0xc4, 0xe3, 0xba, 0xc3]));
    return;
  }
  if (path === "/gbk-of-key") {
    response.writeHead(200, { "content-type": "text/csv; charset=gbk" });
    response.end(Buffer.concat([Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), Buffer.from(`,${request.headers["x-key"]}`)]));
    return;
  }
  if (path === "/password") {
    response.writeHead(200, { "content-type": "text/plain" });
    const [, pair = ""] = (request.headers.authorization ?? "").split(" ");
    response.end(`password: ${Buffer.from(pair, "base64").toString("utf8").split(":")[1]}`);
    return;
  }
  if (path === "/file") {
    response.writeHead(200, {
      "content-type": "application/pdf",
      "content-disposition": 'attachment; filename="../../etc/pass.pdf"',
    });
    response.end("%PDF-1.7 not really");
    return;
  }
  if (path === "/half") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write("{");
    response.socket?.end();
    return;
  }
  if (path.startsWith("/to?")) {
    response.writeHead(302, { location: new URL(path, "http://x").searchParams.get("url") ?? "" });
    response.end();
    return;
  }
  if (path === "/round") {
    response.writeHead(307, { location: "/round" });
    response.end();
    return;
  }
  if (path === "/token") {
    const isRight =
      request.headers.authorization === `Basic ${Buffer.from(`me:${encodeURIComponent(secret)}`).toString("base64")}`;
    return isRight
      ? json(200, { access_token: `token-${asked.length}-abcdefgh`, expires_in: 3600 })
      : json(401, { error: "invalid_client" });
  }
  if (path === "/needs-second-token") {
    const isOld = /token-1-/.test(request.headers.authorization ?? "");
    return isOld ? json(401, {}) : json(200, { said: request.headers.authorization });
  }
  return json(404, { error: "no such place" });
};

beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
  owner = await addMember(database, "owner");
  server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      asked.push({ method: request.method ?? "", path: request.url ?? "", headers: request.headers, body });
      answer(request, body, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
  const api = callerOf(database, owner);
  const hosts = [`127.0.0.1:${port}`];
  await api.workspace.update({ toolHosts: [`127.0.0.1:${port}`, "localhost"] });
  await api.credential.create({ name: "bearer", hosts, settings: { kind: "bearer" }, secret });
  await api.credential.create({ name: "basic", hosts, settings: { kind: "basic", user: "me" }, secret });
  await api.credential.create({
    name: "words",
    hosts,
    settings: { kind: "basic", user: "me" },
    secret: "十年树木百年树人",
  });
  await api.credential.create({
    name: "header",
    hosts,
    settings: { kind: "header", header: "X-Key" },
    secret: "abcdefghij-key",
  });
  await api.credential.create({
    name: "query",
    hosts,
    settings: { kind: "query", parameter: "key" },
    secret: "abcdefghij-key",
  });
  const tokenUrl = `http://127.0.0.1:${port}/token`;
  await api.credential.create({
    name: "oauth",
    hosts,
    settings: { kind: "oauth2", tokenUrl, clientId: "me", scope: "" },
    secret,
  });
  await api.credential.create({
    name: "wrong oauth",
    hosts,
    settings: { kind: "oauth2", tokenUrl, clientId: "you", scope: "a" },
    secret,
  });
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});
beforeEach(() => {
  asked = [];
  failures = 0;
});

const files = new ScriptedFiles({});
const ask = (path: string, more: Partial<WebRequest> = {}, signal = new AbortController().signal) =>
  webService(database, owner.workspaceId, files).request(
    {
      method: "GET",
      url: path.startsWith("http") ? path : `http://127.0.0.1:${port}${path}`,
      headers: [],
      body: null,
      credential: null,
      milliseconds: 5_000,
      retries: 0,
      retryStatuses: [429, 503],
      result: "auto",
      ...more,
    },
    signal,
  );

describe("the web as steps see it", () => {
  it("gives an answer, with the headers that tell something and none that sign in", async () => {
    const reply = await ask("/json");
    expect(reply).toMatchObject({
      status: 200,
      mediaType: "application/json",
      text: '{"ok":true}',
      file: null,
      tries: 1,
    });
    expect(reply.headers).toMatchObject({ "x-total-count": "3" });
    expect(JSON.stringify(reply.headers)).not.toContain("cookie");
  });

  it("sends what it is given, as text, form and multipart", async () => {
    const json = await ask("/echo", {
      method: "POST",
      body: { kind: "text", text: "{}", mediaType: "application/json" },
    });
    expect(JSON.parse(json.text ?? "")).toMatchObject({ body: "{}", headers: { "content-type": "application/json" } });
    await ask("/echo", { method: "PUT", body: { kind: "form", fields: [{ name: "a b", value: "1&2" }] } });
    expect(asked.at(-1)).toMatchObject({ method: "PUT", body: "a+b=1%262" });
    const file = await files.store({ name: "note.txt", mediaType: "text/plain", bytes: Buffer.from("of the file") });
    await ask("/echo", {
      method: "POST",
      body: {
        kind: "multipart",
        fields: [
          { name: "a", value: "1" },
          { name: "doc", file },
        ],
      },
    });
    expect(asked.at(-1)?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(asked.at(-1)?.body).toContain('filename="note.txt"');
    expect(asked.at(-1)?.body).toContain("of the file");
  });

  it("reads words in their encoding, and keeps what is no text as a file with a harmless name", async () => {
    expect(await ask("/gbk")).toMatchObject({ text: "你好" });
    const { text, file } = await ask("/file");
    expect(text).toBeNull();
    expect(file).toMatchObject({ mediaType: "application/pdf", size: 19 });
    expect(file?.name).not.toMatch(/[/\\]/);
    expect(await ask("/json", { result: "file" })).toMatchObject({ text: null, file: { name: "json.json" } });
  });

  it("keeps the bytes of a file of words in any encoding, and hides a credential among them", async () => {
    const kept = async (path: string, more: Partial<WebRequest> = {}) => {
      const { file } = await ask(path, { result: "file", ...more });
      if (file === null) throw new Error("no file");
      return Buffer.from(await files.read(file));
    };
    const words = Buffer.from([0xc4, 0xe3, 0xba, 0xc3]);
    expect(await kept("/gbk")).toEqual(words);
    const signedIn = await kept("/gbk-of-key", { credential: "header" });
    expect(signedIn.subarray(0, 4)).toEqual(words);
    expect(signedIn.toString("latin1")).not.toContain("abcdefghij-key");
    const password = await kept("/password", { credential: "words" });
    expect(password.toString("utf8")).toMatch(/^password: /);
    expect(password.toString("utf8")).not.toContain("百年树人");
  });

  it("tells before it sends, and where it came to no connection", async () => {
    const told = async (path: string) => {
      const all: boolean[] = [];
      await ask(path, { milliseconds: 500, onSent: (isSent) => all.push(isSent) }).catch(() => {});
      return all;
    };
    expect(await told("/json")).toEqual([true]);
    expect(await told("/half")).toEqual([true]);
    expect(await told("/never")).toEqual([true]);
    expect(await told("http://localhost:1/")).toEqual([true, false]);
    // A redirect leads nowhere, but what came before it had arrived.
    expect(await told("/to?url=http://localhost:1/")).toEqual([true]);
    expect(await told("http://10.0.0.1/")).toEqual([]);
  });

  it("asks again while a server is busy, and as long as it is told to", async () => {
    expect(await ask("/flaky", { retries: 2 })).toMatchObject({ status: 200, tries: 3 });
    failures = 0;
    expect(await ask("/flaky", { retries: 1 })).toMatchObject({ status: 503, tries: 2 });
    expect(await ask("/busy-long", { retries: 5 })).toMatchObject({ status: 429, tries: 1 });
  });

  it.each([
    ["never answers", "/never", { milliseconds: 100 }, "tool-timeout"],
    ["never ends", "/endless", {}, "value-too-large"],
    ["breaks off", "/half", {}, "tool-unavailable"],
    ["redirects for ever", "/round", {}, "tool-protocol"],
    ["is not there", "http://127.0.0.1:1/", {}, "tool-blocked"],
    ["redirects to the metadata of a cloud", "/to?url=http://169.254.169.254/latest", {}, "tool-blocked"],
    ["redirects to another port of this machine", "/to?url=http://127.0.0.1:1/", {}, "tool-blocked"],
    ["redirects to a file", "/to?url=file:///etc/passwd", {}, "tool-blocked"],
    ["has a user in its address", "http://me:you@localhost/", {}, "tool-blocked"],
    ["is private and not named", "http://10.0.0.1/", {}, "tool-blocked"],
    ["is public and not named", "https://example.com/", {}, "tool-blocked"],
  ])("refuses a server that %s", async (_, path, more, code) => {
    await expect(ask(path, more)).rejects.toMatchObject({ code });
  });

  it("reaches no private address where no host is named, however it is written", async () => {
    const stranger = await addMember(database, "owner");
    const web = webService(database, stranger.workspaceId, files);
    const request = {
      method: "GET",
      headers: [],
      body: null,
      credential: null,
      milliseconds: 2_000,
      retries: 0,
      retryStatuses: [],
      result: "auto",
    } as const;
    for (const host of [
      `127.0.0.1:${port}`,
      `2130706433:${port}`,
      `[::ffff:127.0.0.1]:${port}`,
      `localhost:${port}`,
      `0.0.0.0:${port}`,
    ]) {
      const sent = web.request({ ...request, url: `http://${host}/json` }, new AbortController().signal);
      await expect(sent, host).rejects.toMatchObject({ code: "tool-blocked" });
    }
    expect(asked).toEqual([]);
  });

  it("stops when it is told to", async () => {
    const controller = new AbortController();
    const sent = ask("/never", {}, controller.signal);
    controller.abort(new Error("enough"));
    await expect(sent).rejects.toThrow("enough");
  });
});

describe("credentials on the way", () => {
  it.each([
    ["bearer", { authorization: `Bearer ${secret}` }],
    ["basic", { authorization: `Basic ${Buffer.from(`me:${secret}`).toString("base64")}` }],
    ["header", { "x-key": "abcdefghij-key" }],
  ])("sign in as %s, and are hidden where the server says them again", async (credential, headers) => {
    const { text } = await ask("/echo", { credential });
    expect(asked.at(-1)?.headers).toMatchObject(headers);
    expect(text).not.toContain("canary");
    expect(text).not.toContain("abcdefghij-key");
    expect(text).not.toContain(Object.values(headers)[0]?.replace(/^\w+ /, ""));
  });

  it("sign in by the address, which is told without", async () => {
    const reply = await ask("/query", { credential: "query" });
    expect(asked.at(-1)?.path).toBe("/query?key=abcdefghij-key");
    expect(JSON.stringify(reply)).not.toContain("abcdefghij-key");
  });

  it("ask for a token once, and again where it is refused", async () => {
    const first = await ask("/echo", { credential: "oauth" });
    expect(asked.map(({ path }) => path)).toEqual(["/token", "/echo"]);
    expect(first.text).not.toContain("token-1-");
    const again = await ask("/needs-second-token", { credential: "oauth", retries: 1 });
    expect(again.status).toBe(200);
    expect(asked.map(({ path }) => path).slice(2)).toEqual(["/needs-second-token", "/token", "/needs-second-token"]);
    await expect(ask("/echo", { credential: "wrong oauth" })).rejects.toMatchObject({ code: "tool-rejected" });
  });

  it("go to their own hosts alone, also behind a redirect", async () => {
    await expect(ask(`http://localhost:${port}/echo`, { credential: "bearer" })).rejects.toMatchObject({
      code: "tool-blocked",
    });
    expect(asked).toEqual([]);
    const { text } = await ask(`/to?url=http://localhost:${port}/echo`, { credential: "bearer" });
    expect(JSON.parse(text ?? "").headers).not.toHaveProperty("authorization");
  });

  it("fail by name where there is none", async () => {
    await expect(ask("/json", { credential: "nobody's" })).rejects.toMatchObject({ code: "credential-unknown" });
  });

  it("are nobody else's", async () => {
    const stranger = await addMember(database, "owner");
    await callerOf(database, stranger).workspace.update({ toolHosts: [`127.0.0.1:${port}`] });
    const sent = webService(database, stranger.workspaceId, files).request(
      {
        method: "GET",
        url: `http://127.0.0.1:${port}/echo`,
        headers: [],
        body: null,
        credential: "bearer",
        milliseconds: 2_000,
        retries: 0,
        retryStatuses: [],
        result: "auto",
      },
      new AbortController().signal,
    );
    await expect(sent).rejects.toMatchObject({ code: "credential-unknown" });
  });
});

describe("a credential that is kept", () => {
  it("is never given back, nor written into the audit log", async () => {
    const api = callerOf(database, owner);
    const said = JSON.stringify([await api.credential.list(), await api.audit.list({})]);
    expect(said).toContain("bearer");
    expect(said).not.toContain("canary");
    const rows = await database.prisma.credential.findMany();
    expect(JSON.stringify(rows)).not.toContain("canary");
  });

  it("is not sent to other hosts by whoever does not know it", async () => {
    const api = callerOf(database, owner);
    const [bearer, , oauth] = await Promise.all(
      ["bearer", "basic", "oauth"].map(async (name) =>
        (await api.credential.list()).find((each) => each.name === name),
      ),
    );
    const hosts = ["evil.example.com"];
    await expect(api.credential.update({ id: bearer?.id ?? "", hosts })).rejects.toMatchObject({
      details: { fields: { secret: expect.any(String) } },
    });
    const settings = { kind: "oauth2", tokenUrl: "https://evil.example.com/", clientId: "me", scope: "" } as const;
    await expect(api.credential.update({ id: oauth?.id ?? "", settings })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await expect(api.credential.update({ id: bearer?.id ?? "", settings })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    await expect(api.credential.update({ id: bearer?.id ?? "", name: "oauth" })).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await api.credential.update({ id: bearer?.id ?? "", name: "renamed" })).toMatchObject({ id: bearer?.id });
  });

  it("is made and changed by owners alone", async () => {
    const editor = await addMember(database, "editor", owner.workspaceId);
    const api = callerOf(database, editor);
    const made = api.credential.create({ name: "x", hosts: ["a.test"], settings: { kind: "bearer" }, secret: "x" });
    await expect(made).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect((await api.credential.list()).length).toBeGreaterThan(0);
  });
});

describe("a description of an API", () => {
  it("is fetched by the one door, larger than an answer of a step may be, and what is refused is said", async () => {
    const api = callerOf(database, owner);
    const at = (path: string, credential: string | null = null) =>
      api.tool.fetchDescription({ url: `http://127.0.0.1:${port}${path}`, credential });
    const found = await at("/openapi");
    expect(found).toMatchObject({ ok: true, url: `http://127.0.0.1:${port}/openapi` });
    expect(found.ok && found.text.length).toBeGreaterThan(5_000_000);
    expect(await at("/endless")).toMatchObject({ ok: false, code: "value-too-large" });
    expect(await at("/json", "nobody")).toMatchObject({ ok: false, code: "credential-unknown" });
    const elsewhere = await api.tool.fetchDescription({ url: "http://169.254.169.254/openapi.json", credential: null });
    expect(elsewhere).toMatchObject({ ok: false, code: "tool-blocked" });
    await expect(api.tool.fetchDescription({ url: "file:///etc/passwd", credential: null })).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
    const entries = await database.prisma.auditEntry.findMany({ where: { action: "tool.fetch-description" } });
    expect(entries.map(({ data }) => data)).toContainEqual({ host: "169.254.169.254", credential: null });
    const foreign = callerOf(database, await addMember(database, "owner"));
    const { name: theirs } = (await api.credential.list())[0] ?? { name: "" };
    expect(theirs).not.toBe("");
    expect(
      await foreign.tool.fetchDescription({ url: `http://127.0.0.1:${port}/json`, credential: theirs }),
    ).toMatchObject({ ok: false, code: "credential-unknown" });
    const viewer = await addMember(database, "viewer", owner.workspaceId);
    const asked = callerOf(database, viewer).tool.fetchDescription({ url: "https://a.test/", credential: null });
    await expect(asked).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
