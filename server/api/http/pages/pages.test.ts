import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { proxy } from "@/proxy";
import type { GraphDocument } from "@/runtime/graph/document";
import { publishedFixture } from "@/server/api/http/published/published-fixture";
import { frameToken } from "@/server/domain/page/visit-token";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { chatDocument } from "@/server/domain/run/run-fixture";
import { guardRoute } from "@/server/platform/route/route";
import { beginVisit } from "./begin-visit";
import { embedScript } from "./embed-script";
import { runPage } from "./run-page";
import { uploadToPage } from "./upload-file";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let deployment: { readonly id: string; readonly slug: string };
beforeAll(async () => {
  house = await publishedFixture(["echo", "error-500"]);
  deployment = await house.publish("echo");
});
afterAll(() => house.close());

const settings: Omit<Parameters<typeof house.api.page.set>[0], "deploymentId"> = {
  enabled: true,
  access: "public",
  title: "Ask us",
  welcome: "",
  accent: "",
  theme: "auto",
  language: "auto",
  origins: ["https://shop.example"],
  perMinute: 50,
  limits: {},
};
const set = (more: object = {}, deploymentId = deployment.id) =>
  house.api.page.set({ deploymentId, ...settings, ...more });

/** A request as a page of the app sends it. */
const send = (
  handler: Parameters<typeof guardRoute>[1],
  slug: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  method = "POST",
) =>
  guardRoute(
    { auth: "public" },
    handler as never,
    async () => house.database,
  )(
    new Request(`http://127.0.0.1:3000/api/pages/${slug}/x`, {
      method,
      headers: {
        host: "127.0.0.1:3000",
        origin: "http://127.0.0.1:3000",
        ...(body instanceof FormData ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(method === "GET" ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    }),
    { params: Promise.resolve({ slug } as never) },
  );
const come = (slug = deployment.slug, body: object = {}, headers = {}) =>
  send(beginVisit as never, slug, body, headers);
const visitOf = async (slug = deployment.slug, body: object = {}): Promise<string> =>
  ((await (await come(slug, body)).json()) as { token: string }).token;
const ask = (token: string, body: object, slug = deployment.slug, headers = {}) =>
  send(runPage as never, slug, body, { "x-pipewright-visit": token, ...headers });
const eventsOf = async (response: Response) =>
  (await response.text())
    .split("\n\n")
    .filter((part) => part.startsWith("event: "))
    .map((part) => {
      const [event = "", data = "{}"] = part.split("\n").map((line) => line.replace(/^(event|data): /, ""));
      return { event, ...(JSON.parse(data) as object) } as { event: string } & Record<string, unknown>;
    });
const codeOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code;

describe("a public page", () => {
  it("answers a visitor word by word, and tells nothing of steps, costs or ids", async () => {
    await set();
    const begun = (await (await come()).json()) as { kind: string; fields: { name: string }[]; token: string };
    expect(begun).toMatchObject({ kind: "form", fields: [{ name: "q" }] });
    const response = await ask(begun.token, { inputs: { q: "Hi" } });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const text = await response.clone().text();
    const events = await eventsOf(response);
    expect(events.at(-1)).toMatchObject({ event: "end", status: "success", outputs: { answer: "Result: Answer: Hi" } });
    expect(events.some(({ event }) => event === "delta")).toBe(true);
    expect([...new Set(events.map(({ event }) => event))].sort()).toEqual(["delta", "end", "start"]);
    for (const inside of [
      "runId",
      "Model",
      "usage",
      "costUsd",
      "step",
      "fake/echo",
      "durationMs",
      house.owner.workspaceId,
    ])
      expect(text).not.toContain(inside);
  });

  it("is noted as a run of the page, with no key", async () => {
    await vi.waitFor(async () => {
      const run = await house.database.prisma.run.findFirst({ where: { deploymentId: deployment.id, way: "page" } });
      expect(run).toMatchObject({ trigger: "api", apiKeyId: `page:${deployment.id}`, status: "success" });
    });
  });

  it("says of a failure that there was one, and no more", async () => {
    const broken = await house.publish("error-500");
    await set({}, broken.id);
    const response = await ask(await visitOf(broken.slug), { inputs: { q: "Hi" } }, broken.slug);
    const events = await eventsOf(response);
    expect(events.at(-1)).toEqual({ event: "end", status: "failure", why: "failed" });
  });

  it("refuses what does not fit by its field", async () => {
    const token = await visitOf();
    for (const body of [
      { inputs: { nothing: 1 } },
      { inputs: { q: "x".repeat(101) } },
      { inputs: 3 },
      {},
      { inputs: {}, graph: {} },
    ]) {
      const response = await ask(token, body);
      expect(response.status).toBe(400);
      expect(await response.text()).not.toContain("stack");
    }
    const large = await ask(token, { inputs: { q: "x".repeat(3 * 1024 * 1024) } });
    expect(large.status).toBe(413);
  });
});

describe("who may come in", () => {
  it("lets nobody in without a visit, by one that is forged or of another page, or by one from before the way in was changed", async () => {
    const other = await house.publish("echo");
    await set({}, other.id);
    const token = await visitOf();
    const forged = `${token.slice(0, -2)}AA`;
    for (const bad of ["", "x", forged, frameToken(deployment.slug, [], Date.now()), await visitOf(other.slug)]) {
      const response = await ask(bad, { inputs: { q: "Hi" } });
      expect([response.status, await codeOf(response)]).toEqual([401, "visit-over"]);
    }
    await set({ access: "password", password: "correct horse" });
    expect((await ask(token, { inputs: { q: "Hi" } })).status).toBe(401);
    await set();
  });

  it("refuses another site's page: its script cannot act for a visitor", async () => {
    for (const origin of ["https://evil.example", "null", "http://127.0.0.1:4000"]) {
      expect((await come(deployment.slug, {}, { origin })).status).toBe(403);
      expect((await ask(await visitOf(), { inputs: { q: "Hi" } }, deployment.slug, { origin })).status).toBe(403);
    }
    expect((await come(deployment.slug, {}, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect((await come(deployment.slug, {}, { host: "rebound.example" })).status).toBe(421);
  });

  it("bounds guesses of a password, of one and of all", async () => {
    const guarded = await house.publish("echo");
    await set({ access: "password", password: "correct horse" }, guarded.id);
    expect(await codeOf(await come(guarded.slug))).toBe("password-needed");
    expect((await come(guarded.slug, { password: "correct horse" })).status).toBe(200);
    const statuses: string[] = [];
    for (let guess = 0; guess < 8; guess += 1)
      statuses.push(await codeOf(await come(guarded.slug, { password: `guess ${guess}` })));
    expect(statuses.slice(0, 4)).toEqual(Array(4).fill("password-wrong"));
    expect(statuses.at(-1)).toBe("too-many-guesses");
    // Even the right one waits now: else guessing would show it.
    expect(await codeOf(await come(guarded.slug, { password: "correct horse" }))).toBe("too-many-guesses");
    expect((await come(guarded.slug, { password: "x".repeat(200) })).status).toBe(400);
    const stored = await house.database.prisma.publicPage.findUniqueOrThrow({ where: { deploymentId: guarded.id } });
    expect(stored.passwordHash).not.toContain("horse");
    expect(JSON.stringify(await house.api.page.get({ deploymentId: guarded.id }))).not.toContain(
      stored.passwordHash ?? "?",
    );
  });

  it("asks members to sign in, and does not tell strangers what the form asks for", async () => {
    const inner = await house.publish("echo");
    await set({ access: "members" }, inner.id);
    const response = await come(inner.slug);
    expect(response.status).toBe(401);
    expect(await response.text()).not.toContain('"fields"');
  });

  it("is closed with its deployment, and opens no other", async () => {
    const closing = await house.publish("echo");
    expect((await come(closing.slug)).status).toBe(404);
    await set({}, closing.id);
    const token = await visitOf(closing.slug);
    await house.api.deployment.setActive({ id: closing.id, active: false });
    expect((await ask(token, { inputs: { q: "Hi" } }, closing.slug)).status).toBe(404);
    expect((await come("no-such-page")).status).toBe(404);
    await house.api.deployment.setActive({ id: closing.id, active: true });
    await set({ enabled: false }, closing.id);
    expect((await ask(token, { inputs: { q: "Hi" } }, closing.slug)).status).toBe(404);
  });
});

describe("what visitors may use", () => {
  it("is bounded for each, for all of the page, and for the deployment", async () => {
    const small = await house.publish("echo");
    await set({ perMinute: 2 }, small.id);
    const token = await visitOf(small.slug);
    const codes = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const response = await ask(token, { inputs: { q: "Hi" } }, small.slug);
      codes.push(response.status);
      if (response.status === 429) expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      await response.text();
    }
    // A minute may end in between; two more are then let through.
    expect(codes.filter((code) => code === 200).length).toBeLessThanOrEqual(4);
    expect(codes).toContain(429);
    await set({ perMinute: 100, limits: { requestsPerMinute: 1 } }, small.id);
    const answers = [];
    for (let turn = 0; turn < 3; turn += 1)
      answers.push((await ask(token, { inputs: { q: "Hi" } }, small.slug)).status);
    expect(answers).toContain(429);
    await set({ perMinute: 100, limits: {} }, small.id);
    await house.api.deployment.setLimits({ id: small.id, limits: { usdPerMonth: 0.01, tokensPerDay: 1_000_000 } });
    const told = await ask(token, { inputs: { q: "Hi" } }, small.slug);
    expect([...told.headers.keys()].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
    await told.text();
    await liveRunsOf(house.database).settled();
    await house.database.prisma.usageWindow.updateMany({
      where: { scope: `deployment:${small.id}`, kind: "usdPerMonth" },
      data: { costMicroUsd: 50_000 },
    });
    const spent = await ask(token, { inputs: { q: "Hi" } }, small.slug);
    expect(spent.status).toBe(402);
    expect([...spent.headers.keys()].filter((name) => name.startsWith("x-ratelimit"))).toEqual([]);
    const { error } = (await spent.json()) as { error: { message: string; limit?: object } };
    expect(error.limit).toBeUndefined();
    expect(error.message).not.toMatch(/0\.01|month/);
  });

  it("takes no file that the visitor has not brought", async () => {
    const config: GraphDocument["nodes"][number]["config"] = {
      fields: [{ name: "q" }, { name: "picture", kind: "file", required: false }],
    };
    const document: GraphDocument = {
      ...chatDocument("echo"),
      nodes: chatDocument("echo").nodes.map((node) => (node.type === "io/input" ? { ...node, config } : node)),
    };
    const withFile = await house.publishDocument("With a file", document);
    await set({}, withFile.id);
    const [mine, theirs] = [await visitOf(withFile.slug), await visitOf(withFile.slug)];
    const upload = new FormData();
    upload.append("file", new File(["hello"], "hello.txt", { type: "text/plain" }));
    const brought = await send(uploadToPage as never, withFile.slug, upload, { "x-pipewright-visit": mine });
    expect(brought.status).toBe(201);
    const { file, proof } = (await brought.json()) as { file: { fileId: string }; proof: string };
    const picture = { fileId: file.fileId, proof };
    const codes = [];
    for (const [token, given] of [
      [mine, picture],
      [theirs, picture],
      [mine, { fileId: file.fileId }],
      [mine, { fileId: file.fileId, proof: "made up" }],
      [mine, file.fileId],
    ] as const) {
      const response = await ask(token, { inputs: { q: "Hi", picture: given } }, withFile.slug);
      codes.push(response.status);
      await response.text();
    }
    expect(codes).toEqual([200, 400, 400, 400, 400]);
    const refused = await send(uploadToPage as never, deployment.slug, upload, {
      "x-pipewright-visit": await visitOf(),
    });
    expect(await codeOf(refused)).toBe("no-file");
  });
});

describe("in a frame of another site", () => {
  const pageOf = (path: string) =>
    proxy(
      new NextRequest(`http://127.0.0.1:3000${path}`, { headers: { host: "127.0.0.1:3000", accept: "text/html" } }),
    );

  it("is shown where its script says so, for the allowed origins, and the app nowhere", async () => {
    const script = await send(embedScript as never, deployment.slug, null, {}, "GET");
    expect(script.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
    const source = await script.text();
    expect(() => new Function(source)).not.toThrow();
    const frame = /frame=([\w.-]+)/.exec(source)?.[1] ?? "";
    const framed = pageOf(`/p/${deployment.slug}?frame=${frame}`);
    expect(framed.headers.get("content-security-policy")).toContain("frame-ancestors https://shop.example");
    expect(framed.headers.get("x-frame-options")).toBeNull();
    for (const path of [
      `/p/${deployment.slug}`,
      `/p/other?frame=${frame}`,
      `/sign-in?frame=${frame}`,
      `/p/${deployment.slug}?frame=x`,
    ]) {
      expect(pageOf(path).headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(pageOf(path).headers.get("x-frame-options")).toBe("DENY");
    }
  });

  it("says in the script why nothing appears", async () => {
    const bare = await house.publish("echo");
    await set({ origins: [] }, bare.id);
    expect(await (await send(embedScript as never, bare.slug, null, {}, "GET")).text()).toContain(
      "no origin may embed",
    );
    expect(await (await send(embedScript as never, "nothing-here", null, {}, "GET")).text()).toContain("closed");
  });

  it("keeps a title from ending the script", async () => {
    await set({ title: '</script><script>alert(1)</script>"\u2028' });
    const source = await (await send(embedScript as never, deployment.slug, null, {}, "GET")).text();
    expect(source).not.toContain("</script>");
    expect(() => new Function(source)).not.toThrow();
    await set();
  });

  it.each([
    "https://shop.example/path",
    "https://*.example",
    "javascript:alert(1)",
    "shop.example",
    "https://a.example; script-src *",
    "null",
  ])("takes no origin like %s", async (origin) => {
    await expect(set({ origins: [origin] })).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});
