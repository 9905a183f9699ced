import type { Page } from "@playwright/test";
import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
const wire = (from: string, to: string) => {
  const [[source, port], [target, input]] = [from.split("."), to.split(".")];
  return { id: `${from}-${to}`, from: { node: source, port }, to: { node: target, port: input } };
};
const pipeline = {
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [{ name: "letter", title: "Letter", maxLength: 1000 }] }),
    node("first", "text/template", { template: "first {{letter}}" }),
    node("second", "text/template", { template: "second {{text}}" }),
    node("third", "text/template", { template: "third {{text}}" }),
    node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
  ],
  edges: [
    wire("in.letter", "first.letter"),
    wire("first.text", "second.text"),
    wire("second.text", "third.text"),
    wire("third.text", "out.answer"),
  ],
  layout: {
    in: { x: 0, y: 0 },
    first: { x: 280, y: 0 },
    second: { x: 560, y: 0 },
    third: { x: 840, y: 0 },
    out: { x: 1120, y: 0 },
  },
};
const create = async (page: Page): Promise<string> =>
  String((await call(page, "pipeline.create", { name: "Debugging", document: pipeline })).id);
const step = (page: Page, id: string) => page.locator(`.react-flow__node[data-id="${id}"]`);
const choose = async (page: Page, id: string) => {
  await step(page, id).click({ position: { x: 60, y: 12 } });
  await page.getByTestId("inspector").getByRole("tab", { name: "Last run" }).click();
};
const result = (page: Page) => page.getByTestId("run-result");

test("a step is run to, pinned, run alone with another input, and run from; a pin is not published", async ({
  page,
}) => {
  const id = await create(page);
  await call(page, "pipeline.saveSampleInputs", { id, inputs: { letter: "hello" } });
  await page.goto(`/pipelines/${id}`);
  await choose(page, "second");
  await page.keyboard.press("r");
  await expect(page.getByTestId("run-part")).toHaveText("To “Template”");
  await expect(page.getByTestId("inspector")).toContainText("second first hello");
  await expect(step(page, "third")).toContainText("not asked for in this run");

  await page.getByTestId("part-pin").click();
  await expect(step(page, "second").getByTestId("pin-badge")).toBeVisible();
  await page.getByTestId("pinned-output").fill('{ "text": 7 }');
  await page.getByRole("button", { name: "Keep the change" }).click();
  await expect(page.getByText("expected string, received number")).toBeVisible();
  await page.getByTestId("pinned-output").fill('{ "text": "PINNED" }');
  await page.getByRole("button", { name: "Keep the change" }).click();
  await page.getByTestId("run").click();
  await expect(result(page)).toContainText("third PINNED");
  await expect(page.getByTestId("run-pins")).toContainText("1 step");
  await page.getByTestId("publish").click();
  await expect(page.getByTestId("publish-pins")).toBeVisible();
  await page.keyboard.press("Escape");

  await choose(page, "third");
  await page.getByTestId("part-runAlone").click();
  await expect(page.getByTestId("alone-text")).toHaveValue("PINNED");
  await page.getByTestId("alone-text").fill("by hand");
  await page.getByRole("dialog").getByRole("button", { name: "Run alone" }).click();
  await expect(page.getByTestId("inspector")).toContainText("third by hand");

  await page.getByRole("button", { name: "Unpin all" }).click();
  await choose(page, "second");
  await page.keyboard.press("Shift+R");
  await expect(result(page)).toContainText("third second first hello");
});

test("a production run is opened in the draft, one step changed, only what differs runs, and it becomes a test case", async ({
  page,
}) => {
  const id = await create(page);
  const slug = `debug-${Date.now().toString(36)}`;
  const published = await call(page, "deployment.publish", { pipelineId: id, revision: 1, slug });
  const { key } = await call(page, "apiKey.create", { name: slug, deploymentIds: [String(published.id)] });
  const answer = await page.request.post(`/api/v1/pipelines/${slug}/runs`, {
    headers: { authorization: `Bearer ${String(key)}` },
    data: { inputs: { letter: "from outside" } },
  });
  const { runId } = await answer.json();
  await page.goto(`/runs/${runId}`);
  await page.getByTestId("open-in-draft").click();
  const banner = page.getByTestId("opened-run");
  await expect(banner).toContainText("called by a program");
  await expect(banner).toContainText("Nothing in the draft differs");

  const { document, revision } = (
    await (
      await page.request.get(`/api/trpc/pipeline.get?input=${encodeURIComponent(JSON.stringify({ json: { id } }))}`)
    ).json()
  ).result.data.json;
  const changed = document.nodes.map((each: { id: string }) =>
    each.id === "second" ? { ...each, config: { template: "SECOND {{text}}" } } : each,
  );
  await call(page, "pipeline.save", { id, baseRevision: revision, document: { ...document, nodes: changed } });
  await page.reload();
  await expect(banner).toContainText("1 step differs");
  await page.getByTestId("run-changed").click();
  await expect(result(page)).toContainText("third SECOND first from outside");
  await choose(page, "first");
  await expect(page.getByTestId("inspector")).toContainText("taken from an earlier run");

  await page.getByTestId("run-panel").getByTestId("add-run").click();
  await page.getByRole("checkbox", { name: "Expect its answer" }).click();
  await page.getByTestId("expected-answer").fill("what it should say");
  await page.getByRole("option", { name: "New dataset" }).click();
  await page.getByRole("button", { name: "Open it" }).click();
  await expect(page.getByText("what it should say")).toBeVisible();
});
