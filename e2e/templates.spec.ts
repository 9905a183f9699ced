import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { startLocalEndpoint } from "@/runtime/testing/local-endpoint-process";
import { templates } from "@/templates";
import { expect, test } from "./fixtures/test";

const run = promisify(execFile);
/** A small model on two cores, shared with a browser. */
const answered = { timeout: 150_000 };
test.setTimeout(240_000);

const openTemplate = async (page: Page, title: string) => {
  await page.goto("/gallery");
  await page.getByRole("button", { name: `Open “${title}” as a new pipeline` }).click();
  await expect(page.getByTestId("canvas")).toBeVisible();
  // What the template brings along is being indexed or trained.
  await expect(page).not.toHaveURL(/preparing/, answered);
};

const runSample = async (page: Page) => {
  await page.keyboard.press("Control+Enter");
  // The demo model at times writes on until it is cut off, and the run says so.
  await expect(page.getByTestId("run-status")).toContainText(/Succeeded|Cut off/, answered);
};

for (const { title, document } of templates)
  test(`“${title.en}” runs from the gallery on the embedded models`, async ({ page }) => {
    await openTemplate(page, title.en);
    await runSample(page);
    // A card out of sight is not drawn.
    await page.getByRole("button", { name: "Show everything" }).click();
    const cards = page.locator(".react-flow__node .card");
    await expect(cards).toHaveCount(document("en").nodes.length);
    for (const card of await cards.all()) await expect(card).toHaveAttribute("data-run", /success|skipped/);
    await expect(page.getByTestId("run-result")).toContainText(/\p{L}{4}/u);
  });

test("a template runs on another OpenAI-compatible server once that is the default", async ({ page }) => {
  const external = await startLocalEndpoint();
  try {
    await page.goto("/models");
    await page.getByRole("button", { name: "Add an endpoint" }).first().click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel("Name", { exact: true }).fill("Next door");
    await sheet.getByLabel("Base URL").fill(`${external.url}/v1`);
    await sheet.getByRole("button", { name: "Find models" }).click();
    await expect(sheet.getByText(/models?, in/)).toBeVisible();
    await sheet.getByRole("button", { name: "Add the endpoint" }).click();
    await expect(page.getByRole("article", { name: "Next door" })).toBeVisible();
    await page.getByLabel("Chat").click();
    await page.getByRole("group", { name: "Next door" }).getByRole("option", { name: "qwen2.5-coder-1.5b" }).click();
    await expect(page.getByLabel("Chat")).toHaveText("qwen2.5-coder-1.5b");

    await openTemplate(page, "Reply to a complaint");
    await runSample(page);
    const pipelineId = new URL(page.url()).pathname.split("/").at(-1);
    const newest = encodeURIComponent(JSON.stringify({ json: { pipelineId, limit: 1 } }));
    const runs = await page.request.get(`/api/trpc/run.list?input=${newest}`);
    const { id } = (await runs.json()).result.data.json.items[0];
    const input = encodeURIComponent(JSON.stringify({ json: { id } }));
    const record = (await (await page.request.get(`/api/trpc/run.get?input=${input}`)).json()).result.data.json;
    const calls = record.events.filter((event: { type: string }) => event.type === "model-call");
    expect(calls.map((call: { endpoint: string }) => call.endpoint)).toEqual(["next-door"]);
  } finally {
    await page.goto("/models");
    await page.getByLabel("Chat").click();
    await page.getByRole("option", { name: /^Automatic/ }).click();
    await page
      .getByRole("article", { name: "Next door" })
      .getByRole("button", { name: "Actions for Next door" })
      .click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
    await external.stop();
  }
});

test("a prompt is changed, the pipeline published, and the snippets of its page work when pasted", async ({ page }) => {
  await openTemplate(page, "Reply to a complaint");
  await page.getByTestId("card-prompt/chat").click();
  const instructions = page.getByTestId("inspector").locator(".monaco-editor").first();
  await instructions.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Thank the customer.");
  await runSample(page);

  await page.getByTestId("publish").click();
  const dialog = page.getByRole("dialog", { name: "Publish" });
  await dialog.getByRole("textbox", { name: "Address" }).fill("first-reply-pasted");
  await dialog.getByTestId("publish-submit").click();
  await expect(dialog.getByText("Live", { exact: true })).toBeVisible();
  await dialog.getByTestId("make-key").click();
  await expect(dialog.getByTestId("api-key")).toContainText("pw_");

  const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-snippets-"));
  try {
    const curl = (await dialog.getByTestId("snippet-curl").textContent()) ?? "";
    const { stdout } = await run("bash", ["-c", curl], { timeout: answered.timeout });
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({ status: "success", outputs: { reply: expect.stringMatching(/\w{3}/) } });

    await dialog.getByRole("radio", { name: "TypeScript" }).click();
    const script = path.join(folder, "call.mts");
    await writeFile(script, (await dialog.getByTestId("snippet-typescript").textContent()) ?? "");
    const typescript = await run(process.execPath, ["--import", "tsx", script], { timeout: answered.timeout });
    expect(typescript.stdout).toContain("reply");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
