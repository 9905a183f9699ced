import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Page, test } from "@playwright/test";
import { pages } from "@/components/shell/pages";
import { settled } from "./fixtures/test";

const paths = [...pages.map(({ href }) => href), "/registry/train", "/registry/advisor"];

/** Calls the API as the page itself does. */
const call = (page: Page, path: string, input: unknown): Promise<{ status: number; data: unknown }> =>
  page.evaluate(
    async ([path, input]) => {
      const response = await fetch(`/api/trpc/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ json: input }),
      });
      const body = (await response.json()) as { result?: { data: { json: unknown } }; error?: { json: unknown } };
      return { status: response.status, data: body.result?.data.json ?? body.error?.json };
    },
    [path, input] as const,
  );

const namesOfPipelines = async (page: Page): Promise<string> =>
  page.evaluate(async () => (await fetch(`/api/trpc/pipeline.list?input=${encodeURIComponent('{"json":{}}')}`)).text());

/** Everything that the content security policy stopped on the pages that are opened from now on. */
const watchViolations = async (page: Page): Promise<string[]> => {
  const found: string[] = [];
  await page.exposeFunction("reportViolation", (text: string) => found.push(text));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { reportViolation } = window as unknown as { reportViolation: (text: string) => void };
      reportViolation(`${event.effectiveDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
    });
  });
  page.on("console", (message) => {
    if (/content.security.policy/i.test(message.text())) found.push(message.text());
  });
  return found;
};

const listen = async (answer: Parameters<typeof createServer>[1]): Promise<{ server: Server; origin: string }> => {
  const server = createServer({}, answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};
const close = (server: Server) =>
  new Promise<void>((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });

const slowestPage = 20_000;

test.describe("the content security policy", () => {
  test("is broken neither by the canvas nor by the text editor", async ({ page }) => {
    const violations = await watchViolations(page);
    await page.goto("/");
    const node = {
      id: "prompt",
      type: "prompt/chat",
      typeVersion: 1,
      config: { user: "Say {{word}}" },
      disabled: false,
    };
    const document = { schemaVersion: 1, nodes: [node], edges: [], layout: { prompt: { x: 0, y: 0 } } };
    const created = await call(page, "pipeline.create", { name: "Policy", document });
    await page.goto(`/pipelines/${(created.data as { id: string }).id}`);
    const card = page.locator(".react-flow__node").first();
    await expect(card).toBeVisible({ timeout: slowestPage });
    // What is drawn by the server takes no click until the page's scripts are there.
    await settled(page);
    await card.click();
    await expect(page.locator(".monaco-editor .view-lines").first()).toBeVisible({ timeout: slowestPage });
    await settled(page);
    expect(violations).toEqual([]);
  });

  test("stops a script that was smuggled into a page", async ({ page }) => {
    const violations = await watchViolations(page);
    await page.goto("/settings");
    await page.evaluate(() => {
      // Markup that was parsed, as text that slipped past an escape would be; a nonce's trust does not reach it.
      const frame = document.createElement("div");
      frame.innerHTML = `<img src="x:" onerror="window.smuggled = 1"><a id="link" href="javascript:window.smuggled=2">x</a>`;
      document.body.append(frame);
      document.getElementById("link")?.click();
    });
    await expect.poll(() => violations.length).toBeGreaterThan(0);
    expect(await page.evaluate(() => (window as unknown as { smuggled?: number }).smuggled)).toBeUndefined();
  });

  test("has a fresh nonce each time and keeps the page out of foreign frames", async ({ page, request }) => {
    const policies = new Set<string>();
    for (let time = 0; time < 3; time += 1) {
      policies.add((await request.get("/settings")).headers()["content-security-policy"] ?? "");
    }
    expect(policies.size).toBe(3);
    for (const policy of policies) expect(policy).not.toContain("unsafe-eval");

    const app = new URL((await request.get("/settings")).url()).origin;
    const { server, origin } = await listen((_, response) => {
      response.setHeader("content-type", "text/html").end(`<iframe src="${app}/settings"></iframe>`);
    });
    await page.goto(origin);
    await expect.poll(() => page.frames()[1]?.url() ?? "").toMatch(/^chrome-error:/);
    await close(server);
  });
});

test.describe("a foreign page", () => {
  test("cannot change anything, though the browser is signed in", async ({ page, baseURL }) => {
    await page.goto("/");
    const app = new URL(page.url()).origin;
    const target = `${app}/api/trpc/pipeline.create`;
    const { server, origin } = await listen((_, response) => {
      response.setHeader("content-type", "text/html").end(`<!doctype html><body>
        <form id="form" method="post" enctype="text/plain" action="${target}" target="sink">
          <input name='{"json":{"name":"Planted by form","x":"' value='"}}'></form><iframe name="sink"></iframe></body>`);
    });
    await page.goto(origin);
    const readable = await page.evaluate(async (url) => {
      const body = (name: string) => JSON.stringify({ json: { name } });
      const tries: [string, RequestInit][] = [
        [
          url,
          {
            method: "POST",
            mode: "no-cors",
            credentials: "include",
            headers: { "content-type": "text/plain" },
            body: body("Planted by text"),
          },
        ],
        [
          url,
          {
            method: "POST",
            mode: "no-cors",
            credentials: "include",
            body: new URLSearchParams({ json: body("Planted by fields") }),
          },
        ],
        [
          url,
          {
            method: "POST",
            credentials: "include",
            headers: { "content-type": "application/json" },
            body: body("Planted by JSON"),
          },
        ],
        [`${url}?input=${encodeURIComponent(body("Planted by GET"))}`, { credentials: "include" }],
      ];
      let read = 0;
      for (const [address, init] of tries) {
        const response = await fetch(address, init).catch(() => null);
        if (response !== null && response.type !== "opaque") read += 1;
      }
      return read;
    }, target);
    expect(readable).toBe(0);
    const answered = page.waitForResponse((response) => response.url() === target);
    await page.evaluate(() => (document.getElementById("form") as HTMLFormElement).submit());
    expect((await answered).status()).toBeGreaterThanOrEqual(400);
    await close(server);

    await page.goto(baseURL ?? "/");
    expect(await namesOfPipelines(page)).not.toContain("Planted");
  });

  test("cannot be this app by another name", async ({ request }) => {
    const headers = { host: "rebound.example", origin: "http://rebound.example" };
    expect((await request.get("/", { headers, maxRedirects: 0 })).status()).toBe(421);
    expect((await request.get("/api/trpc/account.get", { headers })).status()).toBe(421);
  });
});

test.describe("a stranger", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("is sent from every page to the sign-in page", async ({ request }) => {
    for (const path of [
      ...paths,
      "/pipelines/any",
      "/runs/any",
      "/evaluation/experiments/any",
      "/evaluation/datasets/any",
    ]) {
      const answer = await request.get(path, { maxRedirects: 0, headers: { accept: "text/html" } });
      expect([path, answer.status()]).toEqual([path, 307]);
      expect(answer.headers().location, path).toMatch(/\/sign-in/);
    }
  });

  test("that is a program is told so, whatever it asks for", async ({ request }) => {
    const headers = { accept: "application/json", authorization: "Bearer sk-none" };
    for (const [method, path, status] of [
      ["POST", "/v1/chat/completions", 401],
      ["GET", "/v1/models", 401],
      ["GET", "/api/v1/models", 404],
      ["POST", "/chat/completions", 405],
      ["GET", "/models", 401],
      ["GET", "/api/v1/pipelines/any/runs", 405],
    ] as const) {
      const answer = await request.fetch(path, { method, headers, maxRedirects: 0 });
      expect([path, answer.status()]).toEqual([path, status]);
      expect((await answer.json()).error.message).toEqual(expect.any(String));
    }
  });

  test("with an old cookie is sent there too, and learns nothing on the way", async ({ page, context, baseURL }) => {
    const { hostname, port } = new URL(baseURL ?? "");
    const name = `pipewright-${port}.session_token`;
    await context.addCookies([{ name, value: "forged.forged", domain: hostname, path: "/" }]);
    for (const path of ["/", "/pipelines/any", "/evaluation"]) {
      await page.goto(path);
      await expect(page).toHaveURL(/\/sign-in/);
    }
  });
});

test("text that somebody wrote stays text on every page", async ({ page }) => {
  await page.goto("/");
  const hostile = `"><img src=x onerror="window.smuggled=1"></script><script>window.smuggled=1</script>{{7*7}}`;
  const config = { template: `${hostile} {{word}}` };
  const node = { id: "t", type: "text/template", typeVersion: 1, config, label: hostile.slice(0, 60), disabled: false };
  const document = { schemaVersion: 1, nodes: [node], edges: [], layout: { t: { x: 0, y: 0 } } };
  const name = hostile.slice(0, 110);
  const created = await call(page, "pipeline.create", { name, document });
  const { id } = created.data as { id: string };
  for (const path of ["/", "/pipelines", `/pipelines/${id}`]) {
    await page.goto(path);
    await expect(page.getByText(name.slice(0, 30)).first()).toBeVisible({ timeout: slowestPage });
    expect(await page.evaluate(() => (window as unknown as { smuggled?: number }).smuggled)).toBeUndefined();
  }
});

test("a stored API key comes back in no answer and on no page, even from an endpoint that repeats it", async ({
  page,
}) => {
  const canary = "sk-canary-7d1f0c5e2b";
  const { server, origin } = await listen((request, response) => {
    response.writeHead(401, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: { message: `Incorrect key: ${request.headers.authorization}` } }));
  });
  const answers: Promise<string>[] = [];
  page.on("response", (response) => {
    if (response.url().includes("/_next/static/")) return;
    answers.push(response.text().catch(() => ""));
  });
  await page.goto("/models");
  const slug = `canary-${Date.now().toString(36)}`;
  const created = await call(page, "endpoint.create", {
    name: "Canary",
    slug,
    replicas: [{ baseUrl: `${origin}/v1` }],
    models: [{ name: "echo" }],
    apiKey: canary,
  });
  expect(created.status).toBe(200);
  const { id } = created.data as { id: string };
  await call(page, "endpoint.test", { id });
  await call(page, "endpoint.discover", { baseUrl: `${origin}/v1`, endpointId: id });
  await call(page, "endpoint.update", { id, name: "Canary renamed" });
  for (const path of ["/models", "/settings"]) {
    await page.goto(path);
    await settled(page);
    expect(await page.content()).not.toContain(canary);
  }
  const input = encodeURIComponent('{"json":{}}');
  await page.evaluate(async (input) => (await fetch(`/api/trpc/audit.list?input=${input}`)).text(), input);
  for (const answer of await Promise.all(answers)) expect(answer).not.toContain(canary);
  await call(page, "endpoint.remove", { id });
  await close(server);
});
