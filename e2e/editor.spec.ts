import type { Locator, Page } from "@playwright/test";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

/** A model server whose speed and manners are decided by the model's name. */
let models: FakeOpenAiServer;
const slow = "fake-100-150-24";
const silent = "stall-3";
/** A worker that begins anew after a failed test registers its own. */
const slug = `editor-${Date.now().toString(36)}`;

test.use({ contextOptions: { reducedMotion: "no-preference" } });

test.beforeAll(async ({ browser }) => {
  models = await startFakeOpenAiServer();
  const page = await browser.newPage();
  const model = { chat: true, embedding: false, jsonSchema: false, vision: false, contextTokens: null };
  await call(page, "endpoint.create", {
    name: "Editor tests",
    slug,
    replicas: [{ baseUrl: models.baseUrl, weight: 1 }],
    models: [slow, silent, "error-401"].map((name) => ({ ...model, name, inputUsdPerM: 1, outputUsdPerM: 2 })),
  });
  await page.close();
});
test.afterAll(() => models.close());

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
const pipelineWith = (model: string) => ({
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [{ name: "text", title: "", kind: "text", required: true, help: "" }] }),
    node("ask", "prompt/chat", { model: `${slug}/${model}`, system: "", user: "{{text}}" }),
    node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
  ],
  edges: [
    { id: "w1", from: { node: "in", port: "text" }, to: { node: "ask", port: "text" } },
    { id: "w2", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: { in: { x: 0, y: 0 }, ask: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
});

const open = async (page: Page, document?: object): Promise<string> => {
  const { id } = await call(page, "pipeline.create", { name: `Editor ${test.info().title}`.slice(0, 120), document });
  await page.goto(`/pipelines/${id}`);
  await expect(page.getByTestId("canvas")).toBeVisible();
  return String(id);
};

const card = (page: Page, type: string): Locator => page.getByTestId(`card-${type}`);
const wires = (page: Page): Locator => page.locator(".react-flow__edge");
const saved = (page: Page) => expect(page.getByTestId("save-status")).toContainText("Saved");

/** Drags with the mouse in steps, as a hand does; `over` is told when the pointer rests on the target. */
const drag = async (page: Page, from: Locator, to: Locator, over?: () => Promise<void>) => {
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error("There is nothing to drag.");
  await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 12 });
  await over?.();
  await page.mouse.up();
};

test("steps dragged from the palette are wired by hand, and a wire that does not fit says why", async ({ page }) => {
  await open(page);
  const canvas = page.getByTestId("canvas");
  await page.getByTestId("palette-io/input").dragTo(canvas, { targetPosition: { x: 160, y: 120 } });
  await page.getByTestId("palette-prompt/chat").dragTo(canvas, { targetPosition: { x: 520, y: 180 } });
  await expect(page.locator(".react-flow__node")).toHaveCount(2);

  const text = card(page, "io/input").getByTestId("port-output-text");
  await drag(page, text, card(page, "prompt/chat").getByTestId("port-input-text"));
  await expect(wires(page)).toHaveCount(1);

  // The prompt can take a conversation: a text is none.
  await card(page, "prompt/chat").click({ position: { x: 40, y: 10 } });
  const inspector = page.getByTestId("inspector");
  await inspector.getByRole("button", { name: "Advanced" }).click();
  await inspector.getByRole("switch", { name: "Take earlier messages" }).click();
  const history = card(page, "prompt/chat").getByTestId("port-input-history");
  await drag(page, text, history, async () => {
    await expect(history).toHaveAttribute("data-fit", "unfit");
    await expect(page.getByText("text cannot feed messages.")).toBeVisible();
  });
  await expect(page.getByText("These do not fit").last()).toBeVisible();
  await expect(wires(page)).toHaveCount(1);
});

test("a wire that would close a circle is refused with the reason", async ({ page }) => {
  const template = (id: string) => node(id, "text/template", { template: "{{a}}" });
  await open(page, {
    schemaVersion: 1,
    nodes: [template("one"), template("two")],
    edges: [{ id: "w", from: { node: "one", port: "text" }, to: { node: "two", port: "a" } }],
    layout: { one: { x: 0, y: 0 }, two: { x: 320, y: 120 } },
  });
  const [one, two] = [page.locator('[data-id="one"]'), page.locator('[data-id="two"]')];
  await drag(page, two.getByTestId("port-output-text"), one.getByTestId("port-input-a"));
  await expect(page.getByText("This would close a circle").last()).toBeVisible();
  await expect(wires(page)).toHaveCount(1);
});

test("a prompt is written in the text editor with completion, and undo and redo follow", async ({ page }) => {
  await open(page, pipelineWith(slow));
  await card(page, "prompt/chat").click({ position: { x: 40, y: 10 } });
  const message = page.getByTestId("template-user").locator(".monaco-editor");
  await message.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" Answer the letter of {{");
  await expect(page.locator(".suggest-widget")).toContainText("text");
  await page.keyboard.type("customer}}");
  await expect(card(page, "prompt/chat").getByTestId("port-input-customer")).toBeVisible();
  await expect(message).toContainText("Answer the letter of {{customer}}");
  // The new variable has no wire yet: the card says so, and the list of problems leads there.
  await expect(page.getByTestId("problems")).toContainText("1");

  await page.keyboard.press("Control+z");
  await expect(card(page, "prompt/chat").getByTestId("port-input-customer")).toHaveCount(0);
  await page.keyboard.press("Control+Shift+z");
  await expect(card(page, "prompt/chat").getByTestId("port-input-customer")).toBeVisible();
});

test("renaming a variable takes its wire along", async ({ page }) => {
  await open(page, pipelineWith(slow));
  await card(page, "prompt/chat").click({ position: { x: 40, y: 10 } });
  await page.getByTestId("template-user").locator(".monaco-editor").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText("{{letter}}");
  await expect(card(page, "prompt/chat").getByTestId("port-input-letter")).toBeVisible();
  await expect(wires(page)).toHaveCount(2);
  await expect(page.getByTestId("problems")).toHaveAccessibleName("No errors, no warnings");
});

test("the keyboard copies, pastes, deletes and undoes", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open(page, pipelineWith(slow));
  const nodes = page.locator(".react-flow__node");
  await page.locator(".react-flow__pane").click({ position: { x: 30, y: 30 } });
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("Control+v");
  await expect(nodes).toHaveCount(6);
  await expect(wires(page)).toHaveCount(4);
  await page.keyboard.press("Delete");
  await expect(nodes).toHaveCount(3);
  await page.keyboard.press("Control+z");
  await expect(nodes).toHaveCount(6);
  await page.keyboard.press("Control+z");
  await expect(nodes).toHaveCount(3);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys and gestures" })).toBeVisible();
  await page.keyboard.press("Escape");

  // Moved out of line, they are laid out anew by the menu of the right button, and one undo takes that back.
  const output = card(page, "io/output");
  await output.click({ position: { x: 40, y: 10 } });
  for (let press = 0; press < 4; press++) await page.keyboard.press("Shift+ArrowDown");
  const moved = await output.boundingBox();
  await page.locator(".react-flow__pane").click({ button: "right", position: { x: 30, y: 30 } });
  await page.getByRole("menuitem", { name: "Tidy up" }).click();
  await expect.poll(async () => (await output.boundingBox())?.y).not.toBe(moved?.y);
  const tops = () => nodes.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  await page.keyboard.press("Control+z");
  await output.click({ button: "right", position: { x: 40, y: 10 } });
  await page.getByRole("menuitem", { name: "Duplicate" }).click();
  await expect(nodes).toHaveCount(4);
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Alt+w");
  await expect.poll(async () => new Set(await tops()).size).toBe(1);
});

test("work is saved by itself and is there after a reload, even one that comes before the save", async ({ page }) => {
  await open(page, pipelineWith(slow));
  await card(page, "io/output").click({ position: { x: 40, y: 10 } });
  const name = page.getByTestId("inspector").getByRole("textbox", { name: "Name of the step" });
  await name.fill("Final answer");
  await saved(page);
  await page.reload();
  await expect(card(page, "io/output")).toContainText("Final answer");

  await page.route("**/api/trpc/pipeline.save**", (route) => route.abort());
  await card(page, "io/output").click({ position: { x: 40, y: 10 } });
  await name.fill("Kept in the browser");
  await expect(page.getByText("Not saved: no connection")).toBeVisible();
  page.once("dialog", (dialog) => void dialog.accept());
  await page.unroute("**/api/trpc/pipeline.save**");
  await page.reload();
  await expect(card(page, "io/output")).toContainText("Kept in the browser");
  await saved(page);
});

test("two tabs never overwrite each other: the second is asked, and nothing is lost", async ({ page, context }) => {
  const id = await open(page, pipelineWith(slow));
  const other = await context.newPage();
  await other.goto(`/pipelines/${id}`);
  await expect(card(other, "io/output")).toBeVisible();
  const rename = async (tab: Page, name: string) => {
    await card(tab, "io/output").click({ position: { x: 40, y: 10 } });
    await tab.getByTestId("inspector").getByRole("textbox", { name: "Name of the step" }).fill(name);
  };

  // A tab without work of its own follows.
  await rename(page, "First tab");
  await saved(page);
  await expect(card(other, "io/output")).toContainText("First tab");

  // One that could not save meets a conflict.
  await other.route("**/api/trpc/pipeline.save**", (route) => route.abort());
  await rename(other, "Second tab");
  await expect(other.getByText("Not saved: no connection")).toBeVisible();
  await rename(page, "First tab again");
  await saved(page);
  await other.unroute("**/api/trpc/pipeline.save**");
  await expect(other.getByTestId("conflict")).toBeVisible();
  await expect(card(other, "io/output")).toContainText("Second tab");

  // Nor does a reload decide for anybody.
  other.once("dialog", (dialog) => void dialog.accept());
  await other.reload();
  await expect(other.getByTestId("conflict")).toBeVisible();
  await expect(card(other, "io/output")).toContainText("Second tab");

  await other.getByRole("button", { name: "Keep mine as a copy" }).click();
  await expect(other.getByTestId("conflict")).toBeHidden();
  await expect(card(other, "io/output")).toContainText("First tab again");
  await other.getByRole("button", { name: "Open it" }).click();
  await expect(card(other, "io/output")).toContainText("Second tab");
  await other.close();
});

test("a run streams its answer, paints every step and keeps the run before beside it", async ({ page }) => {
  await open(page, pipelineWith(slow));
  await page.getByRole("textbox", { name: "text" }).fill("Where is my parcel?");
  await page.keyboard.press("Control+Enter");
  const result = page.getByTestId("run-result");
  await expect(card(page, "prompt/chat")).toHaveAttribute("data-run", "running");
  await expect(result).toContainText("Answer");
  const early = (await result.textContent()) ?? "";
  await expect(async () =>
    expect(((await result.textContent()) ?? "").length).toBeGreaterThan(early.length + 10),
  ).toPass();
  await expect(page.getByTestId("cancel")).toBeVisible();

  await expect(page.getByTestId("run-status")).toContainText("Succeeded");
  for (const type of ["io/input", "prompt/chat", "io/output"])
    await expect(card(page, type)).toHaveAttribute("data-run", "success");
  await expect(card(page, "prompt/chat")).toContainText("tok");
  await expect(page.getByTestId("run-trace").getByRole("option")).toHaveCount(3);

  await page.getByTestId("run").click();
  await expect(page.getByTestId("run-status")).toContainText("Running");
  await expect(page.getByTestId("run-status")).toContainText("Succeeded");
  await page.getByRole("button", { name: "Compare with the run before" }).click();
  await expect(page.getByTestId("run-result").getByText(/^The run before/)).toBeVisible();
});

test("a run that is stopped ends at once, and the model is left in peace", async ({ page }) => {
  await open(page, pipelineWith(silent));
  await page.getByRole("textbox", { name: "text" }).fill("Never answered");
  await page.getByTestId("run").click();
  await expect(card(page, "prompt/chat")).toHaveAttribute("data-run", "running");
  const left = models.abandoned(1);
  await page.getByTestId("cancel").click();
  await expect(page.getByTestId("run-status")).toContainText("Stopped");
  await left;
});

test("a run under way is there again after a reload, and can be stopped", async ({ page }) => {
  await open(page, pipelineWith(silent));
  await page.getByRole("textbox", { name: "text" }).fill("Still thinking");
  await page.getByTestId("run").click();
  await expect(card(page, "prompt/chat")).toHaveAttribute("data-run", "running");
  await page.reload();
  await expect(card(page, "prompt/chat")).toHaveAttribute("data-run", "running");
  await page.getByTestId("cancel").click();
  await expect(page.getByTestId("run-status")).toContainText("Stopped");
});

test("a failed step says what happened and what to do, on the card and in the inspector", async ({ page }) => {
  await open(page, pipelineWith("error-401"));
  await page.getByRole("textbox", { name: "text" }).fill("Hello");
  await page.getByTestId("run").click();
  await expect(card(page, "prompt/chat")).toHaveAttribute("data-run", "failure");
  await page.getByTestId("run-result").getByRole("button", { name: "Show the step" }).click();
  await expect(page.getByTestId("inspector").getByRole("link", { name: "Open the models page" })).toBeVisible();
});

test("a missing input is marked and nothing is started", async ({ page }) => {
  await open(page, pipelineWith(slow));
  const before = models.requests.length;
  await page.getByTestId("run").click();
  await expect(page.getByTestId("run-panel").getByText("Fill this in.")).toBeVisible();
  expect(models.requests.length).toBe(before);
});

test("publishing gives an address, a key shown once and snippets that hold both", async ({ page }) => {
  await open(page, pipelineWith(slow));
  await page.getByTestId("publish").click();
  const dialog = page.getByRole("dialog", { name: "Publish" });
  const address = `${slug}-live`;
  await dialog.getByRole("textbox", { name: "Address" }).fill(address);
  await dialog.getByTestId("publish-submit").click();
  await expect(dialog.getByText("Live", { exact: true })).toBeVisible();
  await dialog.getByTestId("make-key").click();
  const key = (await dialog.getByTestId("api-key").textContent()) ?? "";
  expect(key).toMatch(/^pw_/);
  await expect(dialog.getByTestId("snippet-curl")).toContainText(key);
  await expect(dialog.getByTestId("snippet-curl")).toContainText(`/api/v1/pipelines/${address}/runs`);
});
