import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "@playwright/test";
import { localeCookie } from "@/i18n/locale";
import { type Locale, locales } from "@/runtime/node/localized";
import { startLocalEndpoint } from "@/runtime/testing/local-endpoint-process";
import { templates } from "@/templates";
import { picture } from "./fixtures/picture";
import { appOrigin } from "./fixtures/shared-app";
import { templateFacts } from "./fixtures/template-facts";
import { expect, test } from "./fixtures/test";

const run = promisify(execFile);
/** A small model on two cores, shared with a browser. */
const answered = { timeout: 150_000 };
test.setTimeout(240_000);

const words = {
  en: { open: (title: string) => `Open “${title}” as a new pipeline`, fit: "Show everything", done: "Succeeded" },
  zh: { open: (title: string) => `用“${title}”新建流水线`, fit: "显示全部", done: "成功" },
} as const;

const openTemplate = async (page: Page, title: string, locale: Locale = "en") => {
  await page.goto("/gallery");
  await page.getByRole("button", { name: words[locale].open(title) }).click();
  await expect(page.getByTestId("canvas")).toBeVisible();
  // What the template brings along is being indexed or trained.
  await expect(page).not.toHaveURL(/preparing/, answered);
};

const runSample = async (page: Page, locale: Locale = "en") => {
  await page.keyboard.press("Control+Enter");
  const asks = page.getByTestId("run-answer");
  const ended = page.getByTestId("run-status").getByText(words[locale].done);
  await expect(asks.or(ended).first()).toBeVisible(answered);
  // A template that always asks a person is answered by one.
  if (await asks.isVisible()) {
    const pipeline = page.url();
    await asks.click();
    await page.getByTestId("inbox-approve").click();
    await expect(page.getByTestId("inbox-approve")).toHaveCount(0);
    await page.goto(pipeline);
  }
  await expect(page.getByTestId("run-status")).toContainText(words[locale].done, answered);
};

/** The newest run of the pipeline on the page, as it was recorded. */
const lastRun = async (page: Page) => {
  const ask = async (path: string, json: object) => {
    const input = encodeURIComponent(JSON.stringify({ json }));
    return (await (await page.request.get(`/api/trpc/${path}?input=${input}`)).json()).result.data.json;
  };
  const pipelineId = new URL(page.url()).pathname.split("/").at(-1);
  const { items } = await ask("run.list", { pipelineId, limit: 1 });
  return ask("run.get", { id: items[0].id });
};

for (const { id, title, document } of templates)
  for (const locale of locales)
    test(`“${title[locale]}” runs from the gallery on the embedded models, and comes to the right fact`, async ({
      page,
    }) => {
      await page.context().addCookies([{ name: localeCookie, value: locale, url: appOrigin }]);
      await openTemplate(page, title[locale], locale);
      await runSample(page, locale);
      // A card out of sight is not drawn.
      await page.getByRole("button", { name: words[locale].fit }).click();
      const cards = page.locator(".react-flow__node .card");
      await expect(cards).toHaveCount(document(locale).nodes.length);
      for (const card of await cards.all()) await expect(card).toHaveAttribute("data-run", /success|skipped/);

      const facts = templateFacts[id]?.[locale] ?? [];
      expect(facts.length).toBeGreaterThan(0);
      const { events } = await lastRun(page);
      const { outputs } = events.findLast((event: { type: string }) => event.type === "run-end");
      for (const { output, holds, not } of facts) {
        const said = String(outputs[output]);
        expect(said).toMatch(holds);
        if (not !== undefined) expect(said).not.toMatch(not);
        // The first line as it is shown: without the marks of headings, lists and stress.
        const shown =
          said
            .trim()
            .split("\n")[0]
            ?.replace(/^(?:#{1,6}|[-*]|\d{1,3}\.) /, "")
            .replaceAll("**", "") ?? "";
        await expect(page.getByTestId("run-result")).toContainText(shown);
      }
      await picture(page, `template-${id}-${locale}`, { fullPage: false });
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
    await sheet.getByRole("checkbox", { name: "qwen2.5-coder-1.5b", exact: true }).check();
    await sheet.getByRole("button", { name: "Add the endpoint" }).click();
    const card = page.getByRole("article", { name: "Next door" });
    await expect(card).toContainText("qwen2.5-coder-1.5b");
    await expect(card).not.toContainText("can be fetched");
    await page.getByLabel("Chat").click();
    await page.getByRole("group", { name: "Next door" }).getByRole("option", { name: "qwen2.5-coder-1.5b" }).click();
    await expect(page.getByLabel("Chat")).toHaveText("qwen2.5-coder-1.5b");

    await openTemplate(page, "Reply to a complaint");
    await runSample(page);
    const record = await lastRun(page);
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
