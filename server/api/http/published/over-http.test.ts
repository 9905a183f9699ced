import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { frontDoor } from "@/server/api/http/front/front-door";
import { answerKeyUpload } from "@/server/domain/file/answer-upload";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { runWorkspace } from "@/server/domain/run/run-fixture";
import type { Database } from "@/server/platform/db/database";
import { leanListener } from "@/server/platform/lean/lean-listener";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { answerRun } from "./answer-run";
import { publishedGuard } from "./routes";

const open = async () => database;
const door = frontDoor(
  leanListener([
    {
      method: "POST",
      path: "/api/v1/pipelines/[slug]/runs",
      handler: guardRoute(publishedGuard, answerRun, open),
    },
    { method: "POST", path: "/api/v1/files", handler: guardRoute({ auth: "api-key" }, answerKeyUpload, open) },
  ]),
  open,
);
const server = http.createServer((incoming, outgoing) => void door(incoming, outgoing));

let database: Database;
let models: FakeOpenAiServer;
let workspace: Awaited<ReturnType<typeof runWorkspace>>;
let origin: string;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  [database, models] = await Promise.all([openTestDatabase(), startFakeOpenAiServer()]);
  workspace = await runWorkspace(database, models.baseUrl, ["echo", "never"]);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await liveRunsOf(database).settled();
  await Promise.all([database.close(), models.close()]);
});

const publish = async (model: string) => {
  const pipelineId = await workspace.pipeline(model);
  const { slug } = await workspace.api.deployment.suggestSlug({ pipelineId });
  return (await workspace.api.deployment.publish({ pipelineId, revision: 1, slug })).slug;
};

interface Dripping {
  readonly request: http.ClientRequest;
  readonly answered: Promise<number>;
}
/** A request whose body goes on and on; resolves when the server has said something, or never. */
const drip = (path: string, key: string, type: string, begin: string): Dripping => {
  const request = http.request(`${origin}${path}`, {
    method: "POST",
    agent: false,
    headers: { authorization: `Bearer ${key}`, "content-type": type, "transfer-encoding": "chunked" },
  });
  request.on("error", () => {});
  request.write(begin);
  return {
    request,
    answered: new Promise((resolve) => request.on("response", (response) => resolve(response.statusCode ?? 0))),
  };
};

it("one key's slow calls and dripping uploads take nothing from another's calls and uploads", async () => {
  // As many places at the model server as an endpoint has unless somebody says otherwise.
  const [endpoint] = (await workspace.api.endpoint.list()).filter(({ slug }) => slug === "fake");
  await workspace.api.endpoint.update({ id: endpoint?.id ?? "", maxConcurrency: 8 });
  const { key: flooder } = await workspace.api.apiKey.create({ name: "Flooder" });
  const { key: other } = await workspace.api.apiKey.create({ name: "Other" });
  const slow = await publish("never");
  const quick = await publish("echo");
  const gone = new AbortController();
  const call = (slug: string, key: string, signal?: AbortSignal) =>
    fetch(`${origin}/api/v1/pipelines/${slug}/runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ inputs: { q: "Hi" } }),
      ...(signal && { signal }),
    });
  const upload = (key: string) => {
    const body = new FormData();
    body.set("file", new File(["a few words"], "note.txt", { type: "text/plain" }));
    return fetch(`${origin}/api/v1/files`, { method: "POST", headers: { authorization: `Bearer ${key}` }, body });
  };

  const calls = Array.from({ length: 60 }, () => call(slow, flooder, gone.signal).catch(() => null));
  const part = '--x\r\ncontent-disposition: form-data; name="file"; filename="a.txt"\r\n\r\nlett';
  const uploads = Array.from({ length: 30 }, () =>
    drip("/api/v1/files", flooder, "multipart/form-data; boundary=x", part),
  );
  const bodies = Array.from({ length: 30 }, () =>
    drip(`/api/v1/pipelines/${quick}/runs`, flooder, "application/json", '{"inputs":'),
  );
  // Both places are full: the uploads beyond the share are refused, the calls of the model wait.
  expect(await Promise.race(uploads.map(({ answered }) => answered))).toBe(429);
  while (liveRunsOf(database).published < 60) await new Promise((resolve) => setImmediate(resolve));

  const took: number[] = [];
  for (let round = 0; round < 10; round++) {
    const begun = performance.now();
    const answers = await Promise.all([call(quick, other), call(quick, other), upload(other)]);
    took.push(performance.now() - begun);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 201]);
  }
  expect(Math.max(...took)).toBeLessThan(5_000);

  gone.abort();
  for (const { request } of [...uploads, ...bodies]) request.destroy();
  await Promise.all(calls);
});

it("a page of another site may call only where the workspace lists its origin", async () => {
  const { key } = await workspace.api.apiKey.create({ name: "Page" });
  const slug = await publish("echo");
  const listed = "https://www.example.com";
  const paths = [`/api/v1/pipelines/${slug}/runs`, "/api/v1/files"];
  const preflight = (path: string, from: string) =>
    fetch(`${origin}${path}`, {
      method: "OPTIONS",
      headers: { origin: from, "access-control-request-method": "POST" },
    });
  const call = (from: string, bearer = key) =>
    fetch(`${origin}${paths[0]}`, {
      method: "POST",
      headers: { authorization: `Bearer ${bearer}`, "content-type": "application/json", origin: from },
      body: JSON.stringify({ inputs: { q: "Hi" } }),
    });
  const allowed = ({ headers }: Response) => headers.get("access-control-allow-origin");

  for (const path of paths) expect(allowed(await preflight(path, listed))).toBeNull();
  expect(allowed(await call(listed))).toBeNull();
  await workspace.api.workspace.update({ allowedOrigins: [listed] });
  for (const path of paths) {
    const answer = await preflight(path, listed);
    expect(answer.status).toBe(204);
    expect(allowed(answer)).toBe(listed);
    expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
    expect(answer.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    for (const other of ["https://www.example.com.evil.test", "http://www.example.com", "null", "*"]) {
      expect(allowed(await preflight(path, other))).toBeNull();
    }
  }
  expect(allowed(await preflight("/api/trpc/pipeline.list", listed))).toBeNull();
  const answer = await call(listed);
  expect([answer.status, allowed(answer), answer.headers.get("vary")]).toEqual([200, listed, "origin"]);
  // The page can read why its key was refused.
  const refused = await call(listed, "pw_nobody_has_this_key_of_ours");
  expect([refused.status, allowed(refused)]).toEqual([401, listed]);
  expect(allowed(await call("https://other.example"))).toBeNull();
  await workspace.api.workspace.update({ allowedOrigins: [] });
  expect(allowed(await call(listed))).toBeNull();
});

it.each([
  "*",
  "https://*.example.com",
  "https://www.example.com/",
  "https://WWW.example.com",
  "null",
  "ftp://a.example",
])("a list never takes %s", async (wrong) => {
  await expect(workspace.api.workspace.update({ allowedOrigins: [wrong] })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});
