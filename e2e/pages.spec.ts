import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { expect, test } from "./fixtures/test";

/** A second OpenAI-compatible server, beside the one that ships with the app. */
let external: FakeOpenAiServer;
test.beforeAll(async () => {
  external = await startFakeOpenAiServer();
});
test.afterAll(() => external.close());

const openTemplate = async (page: Page, title: string): Promise<string> => {
  await page.goto("/gallery");
  await page.getByRole("button", { name: `Open “${title}” as a new pipeline` }).click();
  await page.waitForURL(/\/pipelines\/[^/]+$/);
  return new URL(page.url()).pathname.split("/").at(-1) ?? "";
};

test.describe("a stranger", () => {
  test.use({ storageState: { cookies: [], origins: [] } });

  test("is sent to the sign-in page, is told why a link failed, and learns nothing from a wrong password", async ({
    page,
  }) => {
    await page.goto("/runs?status=failure");
    await expect(page).toHaveURL(/\/sign-in\?next=%2Fruns%3Fstatus%3Dfailure$/);
    await expect(page.getByRole("heading", { name: "Sign in to Pipewright" })).toBeVisible();

    await page.goto(`/api/auth/link?token=${"a".repeat(32)}`);
    await expect(page.getByText("This link no longer works")).toBeVisible();
    await expect(page.locator("code", { hasText: "npm start -- --link" })).toBeVisible();

    const refusals: string[] = [];
    for (const email of ["nobody@example.com", "owner@localhost.example"]) {
      await page.goto("/sign-in");
      await page.getByLabel("E-mail").fill(email);
      await page.getByLabel("Password").fill("not the password");
      await page.getByRole("button", { name: "Sign in" }).click();
      refusals.push((await page.getByRole("alert").filter({ hasText: "wrong" }).textContent()) ?? "");
    }
    expect(new Set(refusals).size).toBe(1);
  });

  test("reads the sign-in page in the language of the browser", async ({ browser, baseURL }) => {
    const context = await browser.newContext({ locale: "zh-CN", baseURL, storageState: { cookies: [], origins: [] } });
    const page = await context.newPage();
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { name: "登录 Pipewright" })).toBeVisible();
    await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
    await context.close();
  });
});

test("the gallery finds a template in either language and opens it as a pipeline of its own", async ({ page }) => {
  await page.goto("/gallery");
  const search = page.getByRole("searchbox", { name: "Search templates" });
  await search.fill("投诉分诊");
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.getByRole("heading", { name: "Complaint triage" })).toBeVisible();
  await search.fill("no template is about this");
  await page.getByRole("button", { name: "Clear the search" }).last().click();
  await expect(page.getByRole("heading", { name: "Reply to a complaint" })).toBeVisible();

  const id = await openTemplate(page, "Reply to a complaint");
  await page.goto("/");
  await expect(page.getByRole("main").locator(`a[href="/pipelines/${id}"]`)).toHaveText("Reply to a complaint");
});

test("a pipeline is renamed, duplicated, deleted and brought back", async ({ page }) => {
  await openTemplate(page, "Reply to a complaint");
  await page.goto("/pipelines");
  const rows = page.getByRole("table").getByRole("row");
  const row = (name: string) => rows.filter({ has: page.getByRole("link", { name, exact: true }) });
  const choose = async (name: string, action: string) => {
    await row(name)
      .first()
      .getByRole("button", { name: `Actions for ${name}` })
      .click();
    await page.getByRole("menuitem", { name: action }).click();
  };

  const name = `Answers for March, ${Date.now()}`;
  await choose("Reply to a complaint", "Rename");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("dialog").getByRole("button", { name: "Rename" }).click();
  await expect(row(name)).toHaveCount(1);

  await choose(name, "Duplicate");
  await expect(rows.filter({ hasText: name })).toHaveCount(2);

  await choose(name, "Delete");
  await expect(row(name)).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(row(name)).toHaveCount(1);

  await choose(name, "Delete");
  await page.getByRole("radio", { name: "Deleted" }).click();
  const deleted = rows.filter({ hasText: name });
  await deleted.getByRole("button", { name: "Restore" }).click();
  await expect(deleted).toHaveCount(0);
});

test("an endpoint is found, added, tested, priced and made the default, and its key never comes back", async ({
  page,
}) => {
  const secret = "sk-canary-4711";
  const answers: string[] = [];
  page.on("response", async (response) => {
    if (response.url().includes("/api/trpc")) answers.push(await response.text().catch(() => ""));
  });
  await page.goto("/models");
  await page.getByRole("button", { name: "Add an endpoint" }).first().click();
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("button", { name: "vLLM" }).click();
  await sheet.getByLabel("Name", { exact: true }).fill("GPU box");
  await sheet.getByLabel("Short name").fill("gpu-box");
  await sheet.getByLabel("Base URL").fill(external.origin);
  await sheet.getByLabel("API key").fill(secret);
  await sheet.getByRole("button", { name: "Find models" }).click();
  await expect(sheet.getByText(/^\d+ models, in/)).toBeVisible();
  // The server was found below the address that was typed.
  await expect(sheet.getByLabel("Base URL")).toHaveValue(external.baseUrl);
  // Of a long list one chooses.
  await sheet.getByRole("checkbox", { name: "echo", exact: true }).check();
  await sheet.getByLabel("$ per M tokens in").first().fill("0.4");
  await sheet.getByLabel("$ per M tokens out").first().fill("-1");
  await sheet.getByRole("button", { name: /^Connection/ }).click();
  const fields = sheet.getByLabel("Further request fields");
  await fields.fill("[20]");
  await sheet.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(sheet.getByText("A price is 0 or more dollars")).toBeVisible();
  await expect(sheet.getByText("Write a JSON object.")).toBeVisible();
  await fields.fill('{"top_k": 20}');
  await sheet.getByLabel("$ per M tokens out").first().fill("1.2");
  await sheet.getByRole("button", { name: "Add the endpoint" }).click();

  const card = page.getByRole("article", { name: "GPU box" });
  await expect(card.getByText("$0.4 in · $1.2 out / M")).toBeVisible();
  await expect(card.getByText("API key stored")).toBeVisible();
  await card.getByRole("button", { name: "Test" }).click();
  await expect(card.getByText("Answered", { exact: true })).toBeVisible();
  await expect(card.getByText(/first token after \d/)).toBeVisible();
  expect(external.requests.some((request) => request.headers.authorization === `Bearer ${secret}`)).toBe(true);
  // The server is asked how it is in between.
  expect(JSON.stringify(external.requests.map(({ body }) => body))).toContain('"top_k":20');

  await page.getByLabel("Chat").click();
  await page.getByRole("group", { name: "GPU box" }).getByRole("option", { name: "echo" }).click();
  await expect(page.getByLabel("Chat")).toHaveText("echo");
  await page.reload();
  await expect(page.getByLabel("Chat")).toHaveText("echo");

  await page.getByRole("button", { name: "Add an endpoint" }).first().click();
  await sheet.getByLabel("Name", { exact: true }).fill("GPU box");
  await sheet.getByLabel("Base URL").fill(external.baseUrl);
  await sheet.getByRole("button", { name: "Add the endpoint" }).click();
  await expect(sheet.getByText("Another endpoint has this short name")).toBeVisible();
  await sheet.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Discard" }).click();

  await card.getByRole("button", { name: "Actions for GPU box" }).click();
  await page.getByRole("menuitem", { name: "Edit" }).click();
  await sheet.getByLabel("Base URL").fill("http://127.0.0.1:9/v1");
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(sheet.getByText("An address is new. Enter the key again")).toBeVisible();
  await sheet.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Discard" }).click();

  await page.getByLabel("Chat").click();
  await page.getByRole("option", { name: /^Automatic/ }).click();
  await expect(page.getByLabel("Chat")).toHaveText(/^Automatic/);
  await card.getByRole("button", { name: "Actions for GPU box" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(card).toHaveCount(0);
  expect(answers.join("\n")).not.toContain(secret);
});

test("an address that is no model server is explained", async ({ page }) => {
  const website = http.createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<p>Welcome</p>"));
  await new Promise<void>((resolve) => website.listen(0, "127.0.0.1", resolve));
  await page.goto("/models");
  await page.getByRole("button", { name: "Add an endpoint" }).first().click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Base URL").fill("http://127.0.0.1:9/v1");
  await sheet.getByRole("button", { name: "Find models" }).click();
  await expect(sheet.getByText("The endpoint does not answer")).toBeVisible();
  await sheet.getByLabel("Base URL").fill(`http://127.0.0.1:${(website.address() as AddressInfo).port}/v1`);
  await sheet.getByRole("button", { name: "Find models" }).click();
  await expect(sheet.getByText("That is not an OpenAI-compatible API")).toBeVisible();
  website.close();
});

test("of a server with many models some are ticked, and an endpoint with none says what to do", async ({ page }) => {
  const data = Array.from({ length: 12 }, (_, index) => ({ id: `crowd-${index + 1}`, object: "model" }));
  const crowd = http.createServer((_, answer) =>
    answer.setHeader("content-type", "application/json").end(JSON.stringify({ object: "list", data })),
  );
  await new Promise<void>((resolve) => crowd.listen(0, "127.0.0.1", resolve));
  await page.goto("/models");
  await page.getByRole("button", { name: "Add an endpoint" }).first().click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Name", { exact: true }).fill("Crowd");
  await sheet.getByLabel("Base URL").fill(`http://127.0.0.1:${(crowd.address() as AddressInfo).port}/v1`);
  await sheet.getByRole("button", { name: "Find models" }).click();
  await expect(sheet.getByText("12 models, none ticked yet")).toBeVisible();
  await sheet.getByRole("button", { name: "Add the endpoint" }).click();

  const card = page.getByRole("article", { name: "Crowd" });
  await expect(card).toContainText("No model of this endpoint is ticked");
  await card.getByRole("button", { name: "Find models" }).click();
  // The server is asked without another press of the same button.
  await sheet.getByRole("button", { name: "Tick the first 8" }).click();
  await expect(sheet.getByText("none ticked yet")).toBeHidden();
  await expect(sheet.getByRole("checkbox", { name: "crowd-1", exact: true })).toBeChecked();
  await sheet.getByRole("button", { name: "Save" }).click();
  await expect(card).toContainText("crowd-1");
  await expect(card).toContainText("Show 2 more");

  await card.getByRole("button", { name: "Actions for Crowd" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(card).toBeHidden();
  crowd.close();
});

test("a run is listed, opened, replayed and run again", async ({ page }) => {
  const id = await openTemplate(page, "Reply to a complaint");
  await page.evaluate(async (pipelineId) => {
    const ask = async (path: string, init?: RequestInit) => (await fetch(`/api/trpc/${path}`, init)).json();
    const { result } = await ask(
      `pipeline.get?input=${encodeURIComponent(JSON.stringify({ json: { id: pipelineId } }))}`,
    );
    const { revision, sampleInputs } = result.data.json;
    await ask("run.start", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ json: { pipelineId, revision, inputs: sampleInputs } }),
    });
  }, id);
  await page.goto(`/runs?pipeline=${id}`);
  await expect(page.getByRole("table").getByRole("link")).toHaveAccessibleName(/^Reply to a complaint: /);
  await page.getByRole("table").getByRole("link").click();
  await page.waitForURL(/\/runs\/[^/]+$/);
  await expect(page.getByRole("heading", { name: "Reply to a complaint" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Run again" })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("banner").or(page.getByRole("main")).getByText("Succeeded").first()).toBeVisible();

  const steps = page.getByRole("region", { name: "Trace" }).getByRole("option");
  await expect(steps).toHaveCount(3);
  await page.getByRole("slider", { name: "Place in the run" }).press("Home");
  await expect(page.getByText(/^The run began/)).toBeVisible();
  await expect(steps).toHaveCount(0);
  // The run's own clock stands while nothing is played, and goes on to the run's end when it is.
  const clock = page.getByTestId("replay-clock");
  await expect(clock).toHaveText(/^0:00\.0 \/ \d+:\d\d\.\d$/);
  await page.getByRole("button", { name: "One event on" }).click();
  await page.getByRole("button", { name: "One event on" }).click();
  const stood = await clock.textContent();
  const took = await steps.first().textContent();
  await page.getByRole("combobox", { name: "Speed" }).click();
  await page.getByRole("option", { name: "8×" }).click();
  await expect(clock).toHaveText(stood ?? "");
  await expect(steps.first()).toHaveText(took ?? "");
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(page.getByText(/^The run succeeded/)).toBeVisible();
  await expect(steps).toHaveCount(3);
  await page.getByRole("slider", { name: "Place in the run" }).press("End");
  await steps.filter({ hasText: "Write a reply" }).click();
  await expect(page.getByRole("complementary", { name: "Details" }).getByText("Write a reply")).toBeVisible();

  const first = page.url();
  await page.getByRole("button", { name: "Run again" }).click();
  await expect(page).not.toHaveURL(first);
  await page.goto(`/runs?pipeline=${id}&status=aborted`);
  await expect(page.getByText("No run fits this filter")).toBeVisible();
});

test("an API key is shown once and can be revoked, sessions are listed, and the audit log says who did what", async ({
  page,
}) => {
  await page.goto("/settings");
  await page.getByRole("button", { name: "New API key" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Night job");
  await page.getByRole("button", { name: "Make the key" }).click();
  const key = (await page.getByRole("dialog").locator("code").textContent()) ?? "";
  expect(key).toMatch(/^pw_\S{20,}$/);
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(page.getByText("Night job")).toBeVisible();
  expect(await page.content()).not.toContain(key);
  await page.getByRole("listitem").filter({ hasText: "Night job" }).getByRole("button", { name: "Revoke" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "Night job" }).getByText("Revoked")).toBeVisible();

  const session = page.locator("#sessions").getByRole("listitem").filter({ hasText: "This one" });
  await expect(session).toContainText("127.0.0.1");
  await page.getByLabel("Keep runs for days").fill("3650");
  await expect(page.getByText("Now this would remove no runs")).toBeVisible();

  await page.getByRole("link", { name: "Audit log" }).click();
  await page.getByRole("searchbox", { name: "Search actions and ids" }).fill("revoke");
  const entry = page.getByRole("table").getByRole("row").filter({ hasText: "Night job" });
  await expect(page).toHaveURL(/query=revoke/);
  await expect(entry).toHaveCount(1);
  await expect(entry).toContainText("127.0.0.1");
  await page.getByRole("button", { name: "Export" }).click();
  const csv = await page.getByRole("menuitem", { name: "As CSV" }).getAttribute("href");
  const exported = await (await page.request.get(csv ?? "")).text();
  expect(exported).toContain("apiKey.revoke");
});

test("language and theme are switched and remembered", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Language" }).click();
  await page.getByRole("menuitemradio", { name: "简体中文" }).click();
  await expect(page.getByRole("heading", { name: "首页" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "模板库" })).toBeVisible();

  await page.getByRole("button", { name: "主题" }).click();
  await page.getByRole("menuitemradio", { name: "深色" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
  await page.reload();
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("everything is reached from the command palette, and the sidebar folds", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("heading", { name: "Home" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByPlaceholder(/^Go to a page/).fill("depl");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/deployments$/);
  await page.getByRole("heading", { name: "Deployments" }).waitFor();
  await page.keyboard.press("[");
  await expect(page.getByRole("button", { name: "Widen the sidebar" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "Widen the sidebar" })).toBeVisible();
});

test("an address that leads nowhere says so and leads home", async ({ page }) => {
  await page.goto("/no/such/page");
  await expect(page.getByText("There is no such page")).toBeVisible();
  await page.goto("/runs/no-such-run");
  await expect(page.getByText("Not found")).toBeVisible();
});
