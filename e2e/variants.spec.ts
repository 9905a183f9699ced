import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

/** Answers with what it was asked: prompts that differ give answers that differ by the same words. */
let models: FakeOpenAiServer;
/** A worker that begins anew after a failed test registers its own. */
const slug = `variants-${Date.now().toString(36)}`;

test.beforeAll(async ({ browser }) => {
  models = await startFakeOpenAiServer();
  const page = await browser.newPage();
  const model = { chat: true, embedding: false, jsonSchema: false, vision: false, contextTokens: null };
  await call(page, "endpoint.create", {
    name: "Variants tests",
    slug,
    replicas: [{ baseUrl: models.baseUrl, weight: 1 }],
    models: ["echo", "error-401"].map((name) => ({ ...model, name, inputUsdPerM: 1, outputUsdPerM: 2 })),
  });
  await page.close();
});
test.afterAll(() => models.close());

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
const document = () => ({
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [{ name: "text", title: "", kind: "text", required: true, help: "" }] }),
    node("ask", "prompt/chat", { model: `${slug}/echo`, system: "", user: "Reply to: {{text}}" }),
    node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
  ],
  edges: [
    { id: "w1", from: { node: "in", port: "text" }, to: { node: "ask", port: "text" } },
    { id: "w2", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: { in: { x: 0, y: 0 }, ask: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
  variants: { ask: [{ id: "shut", label: "Shut out", config: { model: `${slug}/error-401` } }] },
});

test("a variant of a prompt is written, compared with the base on a few cases, and kept", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const { id } = await call(page, "pipeline.create", { name: "Variants", document: document() });
  const open = async () => {
    await page.goto(`/pipelines/${id}`);
    await page.getByTestId("card-prompt/chat").click({ position: { x: 40, y: 10 } });
  };
  await open();
  const strip = page.getByTestId("variants");
  const chip = (name: string) => strip.getByRole("radio", { name, exact: true });
  const message = page.getByTestId("template-user").locator(".monaco-editor");

  // Added with the base's settings, named at once, then changed in the same form.
  await strip.getByRole("button", { name: "Try a variant" }).click();
  await page.keyboard.type("Kinder");
  await page.keyboard.press("Enter");
  await expect(chip("Kinder")).toHaveAttribute("aria-checked", "true");
  await message.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("Reply kindly to: {{text}}");
  await expect(page.getByTestId("variant-difference")).toContainText("Base: Reply to: {{text}}");
  await chip("Base").click();
  await expect(message).toContainText("Reply to: {{text}}");
  await expect(page.getByTestId("variant-difference")).toHaveCount(0);

  // Removing is one step of the history.
  await chip("Kinder").click();
  await page.keyboard.press("Delete");
  await expect(chip("Kinder")).toHaveCount(0);
  // Once more by mistake: the step stays.
  await page.keyboard.press("Delete");
  await expect(page.getByTestId("card-prompt/chat")).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(chip("Kinder")).toBeVisible();
  await expect(page.getByTestId("save-status")).toContainText("Saved");

  await strip.getByRole("button", { name: "Compare" }).click();
  const dialog = page.getByTestId("compare");
  for (const text of ["Where is my parcel?", "快递太慢了。"]) {
    await dialog.getByRole("button", { name: "Add cases" }).first().click();
    await page.getByRole("menuitem", { name: "Write one" }).click();
    await dialog.getByTestId("compare-case").last().getByRole("textbox").fill(text);
    await dialog.getByRole("button", { name: "Done" }).click();
  }
  await dialog.getByTestId("compare-run").click();
  const cells = dialog.getByTestId("compare-cell");
  await expect(cells).toHaveCount(6);
  await expect(dialog.locator("[data-phase=ended]")).toHaveCount(6);
  // Columns: the base, the variant that may not ask, the kinder one. What the kinder one says more is marked once that is asked for.
  await expect(cells.nth(0)).toContainText("Reply to: Where is my parcel?");
  await expect(cells.nth(0)).toContainText("tok");
  await expect(cells.nth(1).getByRole("alert")).toBeVisible();
  await expect(cells.nth(2)).toContainText("Reply kindly to: Where is my parcel?");
  await expect(cells.nth(2).locator("ins")).toHaveCount(0);
  await dialog.getByRole("button", { name: "Mark differences" }).click();
  await expect(cells.nth(2).locator("ins")).toContainText("kindly");
  await expect(cells.nth(5)).toContainText("Reply kindly to: 快递太慢了。");
  await expect(cells.nth(0).getByRole("link", { name: "Open the trace" })).toHaveAttribute("href", /^\/runs\/.+/);
  await expect(dialog.getByTestId("to-experiment")).toHaveAttribute("href", /pipeline=.+node=ask/);

  // One cell again, and one column out of the comparison.
  const asked = models.requests.length;
  await cells.nth(2).getByRole("button", { name: "Run this cell again" }).click();
  await models.received(asked + 1);
  await expect(cells.nth(2).locator("ins")).toContainText("kindly");
  await dialog.getByTestId("compare-columns").getByRole("button", { name: "Shut out" }).click();
  await expect(cells).toHaveCount(4);
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);

  // All of it is there after a reload; the kinder one becomes the base, and the pipeline runs with it.
  await open();
  await chip("Kinder").click();
  await strip.getByRole("button", { name: "What to do with Kinder" }).click();
  await page.getByRole("menuitem", { name: "Make it the base" }).click();
  await expect(chip("Former base")).toBeVisible();
  await expect(message).toContainText("Reply kindly to: {{text}}");
  await page
    .getByTestId("undo")
    .or(page.getByRole("button", { name: "Undo", exact: true }))
    .click();
  await expect(chip("Kinder")).toBeVisible();
  await expect(message).toContainText("Reply to: {{text}}");
  await strip.getByRole("button", { name: "Compare" }).click();
  await expect(dialog.getByTestId("compare-case")).toHaveCount(2);
  // What was run lately is offered as cases: the one removed comes back, the other is not added twice.
  await dialog.getByRole("button", { name: "Remove case 1" }).click();
  await expect(dialog.getByTestId("compare-case")).toHaveCount(1);
  await dialog.getByRole("button", { name: "Add cases" }).first().click();
  await page.getByRole("menuitem", { name: "From recent runs" }).click();
  await expect(dialog.getByTestId("compare-case")).toHaveText([/快递太慢了。/, /Where is my parcel/]);
});
