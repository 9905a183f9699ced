import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

const menu = async (page: Page, item: string) => {
  await page.getByRole("button", { name: /^Actions for / }).click();
  await page.getByRole("menuitem", { name: item }).click();
};
const close = (page: Page) => page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
const cell = (page: Page, place: string) => page.locator(`[data-cell="${place}"]`);

test("cases are typed by hand, checked, labelled, divided, kept as a version and brought back", async ({ page }) => {
  await page.goto("/evaluation/datasets/new");
  await page
    .getByRole("radio", { name: "By hand" })
    .or(page.getByRole("tab", { name: "By hand" }))
    .click();
  await page.getByRole("textbox", { name: "Name" }).fill("Typed by hand");
  await page.getByRole("button", { name: "Create an empty dataset" }).click();
  await expect(page.getByText("This dataset has no rows")).toBeVisible();

  // Typed like a spreadsheet: the second case says the same as the first, the third something else.
  await page.getByRole("button", { name: "Add a row" }).click();
  await expect(cell(page, "0/0")).toBeVisible();
  await page.getByRole("button", { name: "Add a row" }).click();
  await expect(cell(page, "1/0")).toBeVisible();
  await page.getByRole("button", { name: "Add a row" }).click();
  await expect(cell(page, "2/0")).toBeVisible();
  await cell(page, "0/0").click();
  await page.keyboard.type(
    "Where is my parcel?\nWhere is my parcel?\nMy kettle broke after a day.\n".replaceAll("\n", "\r"),
  );
  await cell(page, "0/1").click();
  await page.keyboard.type("delivery\rdelivery\r");
  await expect(cell(page, "2/0")).toHaveText("My kettle broke after a day.");
  await expect(cell(page, "1/1")).toHaveText("delivery");

  await page.getByRole("button", { name: "Save version" }).click();
  await expect(page.getByText("Version 1, unchanged since")).toBeVisible();

  await menu(page, "Check the cases");
  await expect(page.getByText("One case stands here twice")).toBeVisible();
  await expect(page.getByText("One case has no expected value")).toBeVisible();
  await page.getByRole("button", { name: "Take it out" }).first().click();
  await expect(page.getByText("One case stands here twice")).toBeHidden();
  await close(page);
  await expect(page.getByText("Changed since version 1")).toBeVisible();
  await expect(cell(page, "1/0")).toHaveText("My kettle broke after a day.");

  // One person's labels: what the first row expects is offered, the second is typed; then they become what is expected.
  await menu(page, "Labels");
  const labels = page.getByRole("dialog");
  await labels.getByRole("button", { name: "delivery", exact: true }).click();
  await expect(labels.getByText("My kettle broke after a day.")).toBeVisible();
  await labels.getByRole("textbox", { name: "Your label" }).fill("product quality");
  await labels.getByRole("button", { name: "Save and go on" }).click();
  await expect(labels.getByText("Every row of this page has your label.")).toBeVisible();
  await expect(labels.getByText("(2 labels)")).toBeVisible();
  await labels.getByRole("button", { name: "Expect what most say" }).click();
  await close(page);
  await expect(cell(page, "1/1")).toHaveText("product quality");

  await menu(page, "Divide into splits");
  await page.getByRole("dialog").getByRole("button", { name: "Divide" }).click();
  await expect(page.getByRole("combobox", { name: "Split" })).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();

  await menu(page, "Versions");
  await page.getByRole("dialog").getByText("Version 1").click();
  await expect(page.getByText(/Since then: 0 added, 1 removed, \d changed/)).toBeVisible();
  await page.getByRole("button", { name: "Bring it back" }).click();
  await expect(page.getByText("Version 1, unchanged since")).toBeVisible();
  await expect(page.getByText("3 rows", { exact: true })).toBeVisible();
});

test("an answer is rated and corrected on its run's page, and becomes a case", async ({ page, baseURL }) => {
  const call = async (procedure: string, input: unknown) => {
    const headers = { origin: baseURL ?? "" };
    const answer = await page.request.post(`/api/trpc/${procedure}`, { data: { json: input }, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()).result.data.json;
  };
  const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
  const name = `Rated ${Date.now().toString(36)}`;
  const { id: pipelineId } = await call("pipeline.create", {
    name,
    document: {
      schemaVersion: 1,
      nodes: [
        node("in", "io/input", { fields: [{ name: "question", maxLength: 100 }] }),
        node("say", "text/template", { template: "You asked: {{question}}" }),
        node("out", "io/output", { outputs: [{ name: "answer" }] }),
      ],
      edges: [
        { id: "a", from: { node: "in", port: "question" }, to: { node: "say", port: "question" } },
        { id: "b", from: { node: "say", port: "text" }, to: { node: "out", port: "answer" } },
      ],
      layout: {},
    },
  });
  const { runId } = await call("run.start", { pipelineId, revision: 1, inputs: { question: "Where is it?" } });
  await page.goto(`/runs/${runId}`);
  await page.getByRole("button", { name: "The answer is bad" }).click();
  await page.getByRole("textbox", { name: "What it should have been" }).fill("On its way.");
  await page.getByRole("button", { name: "Save the rating" }).click();
  await expect(page.getByRole("button", { name: "The answer is bad", pressed: true })).toBeVisible();

  const { id } = await call("dataset.create", {
    name,
    columns: [
      { name: "question", role: "input" },
      { name: "answer", role: "expected" },
    ],
  });
  await page.goto(`/evaluation/datasets/${id}`);
  await menu(page, "Take rated runs");
  await page.getByRole("combobox", { name: "Runs of" }).click();
  await page.getByRole("option", { name }).click();
  await page.getByRole("button", { name: "Take them" }).click();
  await expect(cell(page, "0/0")).toHaveText("Where is it?");
  await expect(cell(page, "0/1")).toHaveText("On its way.");
});

test("a model writes cases, and they are marked as its own", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto("/evaluation/datasets/new");
  await page
    .getByRole("radio", { name: "By hand" })
    .or(page.getByRole("tab", { name: "By hand" }))
    .click();
  await page.getByRole("button", { name: "Create an empty dataset" }).click();
  await expect(page.getByText("This dataset has no rows")).toBeVisible();
  await menu(page, "Have a model write cases");
  await page
    .getByRole("textbox", { name: "What they are about" })
    .fill("Questions about late parcels, with short answers.");
  await page.getByRole("textbox", { name: "How many" }).fill("2");
  await page.getByRole("button", { name: "Write them" }).click();
  // Stopped, nothing is written; asked again, it is.
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await menu(page, "Have a model write cases");
  await page
    .getByRole("textbox", { name: "What they are about" })
    .fill("Questions about late parcels, with short answers.");
  await page.getByRole("textbox", { name: "How many" }).fill("2");
  await page.getByRole("button", { name: "Write them" }).click();
  await expect(page.getByRole("dialog")).toBeHidden({ timeout: 150_000 });
  await expect(page.getByText("written by a model").first()).toBeVisible();
});
