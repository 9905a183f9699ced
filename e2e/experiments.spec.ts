import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

/** `echo` says what it is asked, so that a prompt decides what is right; `schema` gives every answer the lowest grade. */
let models: FakeOpenAiServer;
/** A worker that begins anew after a failed test registers its own. */
const slug = `experiments-${Date.now().toString(36)}`;
const rows = 40;
/** Every second case has a word too many, which the base repeats and the variant leaves out. */
const noisy = rows / 2;
const labels = ["billing", "delivery", "refund", "account"];

test.beforeAll(async ({ browser }) => {
  models = await startFakeOpenAiServer();
  const page = await browser.newPage();
  const model = { chat: true, embedding: false, vision: false, contextTokens: null };
  await call(page, "endpoint.create", {
    name: "Experiments tests",
    slug,
    replicas: [{ baseUrl: models.baseUrl, weight: 1 }],
    models: [
      { ...model, name: "echo", jsonSchema: false, inputUsdPerM: 1, outputUsdPerM: 2 },
      { ...model, name: "schema", jsonSchema: true, inputUsdPerM: 1, outputUsdPerM: 2 },
    ],
  });
  await page.close();
});
test.afterAll(() => models.close());

/** What axe finds on the page as it is now. */
const faults = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(" ")}`));
};

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
const field = (name: string, required: boolean) => ({ name, title: "", kind: "text", required, help: "" });
const document = () => ({
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [field("text", true), field("noise", false), field("number", false)] }),
    node("ask", "prompt/chat", { model: `${slug}/echo`, system: "", user: "{{text}}{{noise}}" }),
    node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
  ],
  edges: [
    { id: "w1", from: { node: "in", port: "text" }, to: { node: "ask", port: "text" } },
    { id: "w2", from: { node: "in", port: "noise" }, to: { node: "ask", port: "noise" } },
    { id: "w3", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: { in: { x: 0, y: 0 }, ask: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
  variants: {
    ask: [{ id: "strict", label: "Label only", config: { user: "{{text}}", system: "Leave out {{noise}}" } }],
  },
});

test("two prompts are compared, the verdict is read down to a trace, shared, judged by people, and shipped", async ({
  page,
  browser,
}) => {
  const name = `Departments ${slug}`;
  const pipeline = await call(page, "pipeline.create", { name, document: document() });
  const dataset = await call(page, "dataset.create", {
    name,
    columns: [
      { name: "text", role: "input" },
      { name: "noise", role: "input" },
      // Cases that are the same count as one.
      { name: "number", role: "input" },
      { name: "department", role: "expected" },
    ],
  });
  await call(page, "dataset.addRows", {
    id: dataset.id,
    rows: Array.from({ length: rows }, (_, index) => {
      const label = labels[index % labels.length] ?? "";
      const inputs = { text: label, noise: index % 2 === 0 ? " please" : "", number: `${index}` };
      return { inputs, expected: { department: label }, tags: [index % 2 === 0 ? "noisy" : "plain"] };
    }),
  });

  // From the editor to the set-up: the labelled variant and the dataset that fits are chosen already.
  await page.goto(`/pipelines/${pipeline.id}`);
  await page.getByRole("link", { name: "Evaluate" }).click();
  await expect(page.getByRole("textbox", { name: "Name of variant B" })).toHaveValue("Label only");
  await expect(page.getByRole("combobox", { name: "Dataset" })).toContainText(name);
  await expect(page.getByTestId("detectable")).toContainText("40 cases");
  await page.getByRole("button", { name: "Add a scorer" }).click();
  await page.getByPlaceholder("Find a scorer").fill("judged by");
  await page.getByRole("option", { name: /^Judged by a model/ }).click();
  await page.getByRole("button", { name: "Settings of “Judged by a model”" }).click();
  await page.getByRole("button", { name: "Model", exact: true }).click();
  await page.getByPlaceholder("Search models").fill(slug);
  await page.getByRole("option", { name: /^schema/ }).click();
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Start the experiment" }).click();

  // The verdict, and what it rests on.
  await page.waitForURL(/\/evaluation\/experiments\/(?!new)[^/?]+$/);
  await expect(page.getByTestId("verdict")).toHaveText(/^Label only is better on accuracy: \+50 points, .*40 cases/);
  await expect(page.getByRole("table", { name: "Differences in points" })).toContainText("better");
  await expect(page.getByText("does not count", { exact: true })).toBeVisible();
  const address = page.url();

  // What a statistician would ask is folded below the sentence.
  const asked = page.getByTestId("answers");
  await expect(asked.getByText("On which cases?")).toBeHidden();
  await asked.getByText("What a statistician would ask").click();
  await expect(
    asked.getByText("40 cases, each answered once by each variant; 80 of 80 answers are there."),
  ).toBeVisible();
  await expect(asked.getByText("Nothing: every answer")).toBeHidden();
  await expect(asked.getByText(/shown only\. A judge counts once/)).toBeVisible();
  await expect(asked.getByText(/^McNemar's test/)).toBeVisible();
  expect(await faults(page)).toEqual([]);

  // All answers side by side, exact matches of the variant first.
  await page.getByRole("tab", { name: "Side by side" }).click();
  const total = page.getByTestId("side-by-side-total");
  await expect(total).toHaveText("1–20 of 40 · 40 exact");
  await page.getByRole("combobox", { name: "Ordered by whose answers" }).click();
  await page.getByRole("option", { name: "Nearest first: As it is" }).click();
  await expect(total).toHaveText("1–20 of 40 · 20 exact");
  const sideBySide = page.getByTestId("side-by-side");
  await expect(sideBySide.getByRole("row").nth(1)).toContainText("exact");
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(total).toHaveText("21–40 of 40 · 20 exact");
  await expect(sideBySide.getByRole("row").nth(1)).toContainText(/\d+ % near/);
  await expect(sideBySide.getByRole("row").nth(1)).toContainText("Judge: 1 of 5");
  expect(await faults(page)).toEqual([]);
  await page.getByRole("searchbox", { name: "Find in questions and answers" }).fill("refund please");
  await expect(total).toHaveText("1–10 of 10 · 20 exact");
  await page.getByRole("radio", { name: "Exact" }).click();
  await expect(page.getByText("No case fits")).toBeVisible();
  await page.getByRole("tab", { name: "Result" }).click();

  // A cell of the confusion of labels opens its cases; the list of runs has all of them as one row.
  await page.getByRole("button", { name: /^billing answered as billing please: 10,/ }).click();
  await expect(page.getByTestId("cases-total")).toHaveText("10 cases");
  await page.getByRole("button", { name: "Show all cases again" }).click();
  await expect(page.getByTestId("cases-total")).toHaveText("40 cases");
  await page.goto("/runs");
  await page.getByRole("link", { name: "Experiment As it is / Label only: 80 runs" }).first().click();
  await expect(page).toHaveURL(address);
  expect(await faults(page)).toEqual([]);
  await page.getByRole("button", { name: "Look at them" }).click();
  await expect(page.getByTestId("cases-total")).toHaveText(`${noisy} cases`);
  await page.getByRole("radio", { name: "Worse" }).click();
  await expect(page.getByText("No case got worse")).toBeVisible();
  await page.getByRole("radio", { name: "Changed" }).click();
  await page
    .getByRole("button", { name: /^Open case/ })
    .first()
    .click();
  const sheet = page.getByRole("dialog");
  await expect(sheet.locator("del")).toHaveText(" please");
  await sheet.getByRole("link", { name: "Open the trace" }).last().click();
  await page.waitForURL(/\/runs\//);
  await expect(page.getByText("Succeeded").first()).toBeVisible();

  // A link for whoever has no account: figures, and neither cases nor a way in.
  await page.goto(address);
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByRole("textbox", { name: "Link to the report" }).inputValue();
  const stranger = await (await browser.newContext({ storageState: { cookies: [], origins: [] } })).newPage();
  await stranger.goto(link);
  await expect(stranger.getByTestId("verdict")).toHaveText(/^Label only is better/);
  const html = await stranger.content();
  for (const secret of [pipeline.id, dataset.id, address.split("/").at(-1), " please"])
    expect(html).not.toContain(String(secret));
  await page.getByRole("button", { name: "End the link" }).click();
  await expect(page.getByRole("button", { name: "Make a link" })).toBeVisible();
  expect((await stranger.goto(link))?.status()).toBe(404);
  await stranger.context().close();

  // People grade the same answers as the judge, and see how far both agree.
  await page.keyboard.press("Escape");
  await page.getByRole("tab", { name: "Judges" }).click();
  const judge = page.getByRole("region", { name: "Judged by a model" });
  await expect(judge.getByRole("button", { name: "Let it count" })).toBeDisabled();
  await judge.getByRole("link", { name: "Label answers" }).click();
  const progress = page.getByTestId("review-progress");
  let release = () => {};
  const pressed = new Promise<void>((resolve) => {
    release = resolve;
  });
  for (let graded = 0; graded < 20; graded += 1) {
    await expect(progress).toHaveText(`${graded} of ${2 * rows} judged by you`);
    await expect(page.getByRole("button", { name: /^Wrong/ })).toBeVisible();
    // The last one is still on its way when it is taken back.
    if (graded === 19) await page.route(/review\.answer/, (route) => pressed.then(() => route.continue()));
    await page.keyboard.press(graded % 4 === 3 ? "4" : "1");
  }
  await page.keyboard.press("u");
  release();
  await expect(progress).toHaveText(`19 of ${2 * rows} judged by you`);
  const stored = page.waitForResponse(/review\.answer/);
  await page.keyboard.press("4");
  await expect(progress).toHaveText(`20 of ${2 * rows} judged by you`);
  await stored;
  await page.goto(`${address}?tab=judges`);
  await expect(judge).toContainText("75 %");
  // It gives every answer the same grade: nobody can tell such agreement from chance, so it may not count.
  await expect(judge.getByText(/^It may count once the lower bound is above 0.20/)).toBeVisible();
  await expect(judge.getByRole("button", { name: "Let it count" })).toBeDisabled();
  await page.getByRole("tab", { name: "Result" }).click();
  await expect(page.getByText("does not count", { exact: true })).toBeVisible();

  // Shipped: the variant is the draft, and the Publish dialog is open.
  await page.getByRole("button", { name: "Ship a variant" }).click();
  await page.getByRole("button", { name: "Put it into the draft" }).click();
  await page.waitForURL(`/pipelines/${pipeline.id}`);
  await expect(page.getByTestId("publish-submit")).toBeEnabled();
});
