import type { Page } from "@playwright/test";
import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

const node = (id: string, type: string, config: object, rest: object = {}) => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
  ...rest,
});
const wire = (from: string, to: string) => {
  const [[node, port], [other, input]] = [from.split("."), to.split(".")];
  return { id: `${from}-${to}`, from: { node, port }, to: { node: other, port: input } };
};
const outputs = (...names: string[]) => ({ outputs: names.map((name) => ({ name, title: "" })) });
const body = {
  schemaVersion: 1,
  nodes: [
    node("input", "io/input", { fields: [{ name: "item", title: "Item", kind: "number" }] }),
    node("step", "text/template", { template: "number {{item}}" }),
    node("output", "io/output", outputs("result")),
  ],
  edges: [wire("input.item", "step.item"), wire("step.text", "output.result")],
  layout: { input: { x: 0, y: 0 }, step: { x: 320, y: 0 }, output: { x: 640, y: 0 } },
};
const pipeline = {
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [{ name: "list", title: "List", kind: "json" }] }),
    node("map", "flow/map", { concurrency: 2, onFailure: "collect" }, { body }),
    node("out", "io/output", outputs("answer", "errors")),
  ],
  edges: [wire("in.list", "map.items"), wire("map.result", "out.answer"), wire("map.errors", "out.errors")],
  layout: { in: { x: 0, y: 0 }, map: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
};

const open = async (page: Page): Promise<string> => {
  const { id } = await call(page, "pipeline.create", { name: "Over a list", document: pipeline });
  await call(page, "pipeline.saveSampleInputs", { id, inputs: { list: [1, "two", 3] } });
  await page.goto(`/pipelines/${id}`);
  await expect(page.getByTestId("canvas")).toBeVisible();
  return String(id);
};
const cards = (page: Page) => page.locator(".react-flow__node");

test("a map counts its items, opens in place with the one that failed, and only that one is run again", async ({
  page,
}) => {
  const pipelineId = await open(page);
  await page.getByTestId("run").click();
  const map = page.getByTestId("card-flow/map");
  await expect(map.getByTestId("frame-count")).toHaveText("3 of 3");
  await expect(map).toContainText("1 failed");

  await map.getByRole("button", { name: "Open its steps" }).click();
  const bar = page.getByTestId("container-bar");
  await expect(bar).toContainText("Map");
  await expect(cards(page)).toHaveCount(3);
  await expect(page.getByTestId("frame-picker")).toContainText("item 2 of 3");
  await page.getByTestId("frame-picker").click();
  await page.getByRole("list", { name: "All of them" }).getByRole("button").first().click();
  await expect(page.getByTestId("frame-picker")).toContainText("item 1 of 3");
  await page.getByTestId("card-text/template").click({ position: { x: 60, y: 10 } });
  await page.getByTestId("inspector").getByRole("tab", { name: "Last run" }).click();
  await expect(page.getByTestId("inspector")).toContainText("number 1");

  // The container has an undo of its own, and Escape leads out.
  await page.getByTestId("palette-text/join").click();
  await expect(cards(page)).toHaveCount(4);
  await page.keyboard.press("Control+z");
  await expect(cards(page)).toHaveCount(3);
  await page
    .getByTestId("canvas")
    .locator(".react-flow__pane")
    .click({ position: { x: 20, y: 300 } });
  await page.keyboard.press("Escape");
  await expect(bar).toBeHidden();
  await expect(page.getByTestId("card-flow/map")).toBeVisible();

  const listed = await page.request.get(
    `/api/trpc/run.list?input=${encodeURIComponent(JSON.stringify({ json: { pipelineId, limit: 1 } }))}`,
  );
  const [{ id: runId }] = (await listed.json()).result.data.json.items;
  await page.goto(`/runs/${runId}`);
  await page.getByTestId("retry-failed").click();
  await expect(page).not.toHaveURL(new RegExp(runId));
  await page.getByRole("option", { name: /Map/ }).first().dblclick();
  // Its name and a time of 1 ms read alike.
  await page.locator('[data-row="2"]').click();
  await expect(page.getByText("taken from an earlier run")).toBeVisible();
});

test("steps are grouped and the group is dissolved, each with one undo", async ({ page }) => {
  await open(page);
  await page.getByTestId("card-flow/map").click({ position: { x: 60, y: 10 } });
  await page.keyboard.press("Control+g");
  const group = page.getByTestId("card-flow/sub-pipeline");
  await expect(group).toBeVisible();
  await expect(page.locator(".react-flow__edge")).toHaveCount(3);
  await page.getByTestId("run").click();
  await expect(group.getByTestId("frame-count")).toHaveText("1 of 1");
  await group.click({ position: { x: 60, y: 10 } });
  await page.keyboard.press("Control+Shift+g");
  await expect(page.getByTestId("card-flow/map")).toBeVisible();
  await expect(group).toBeHidden();
  await page.keyboard.press("Control+z");
  await expect(group).toBeVisible();
  await page.keyboard.press("Control+z");
  await expect(group).toBeHidden();
  await expect(page.locator(".react-flow__edge")).toHaveCount(3);
});
