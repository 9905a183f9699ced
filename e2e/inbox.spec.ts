import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });

test("a run waits for a person, who edits and approves from the keyboard, and goes on on the canvas", async ({
  page,
}) => {
  const { id } = await call(page, "pipeline.create", {
    name: "Reviewed answers",
    document: {
      schemaVersion: 1,
      nodes: [
        node("in", "io/input", { fields: [{ name: "q", title: "Answer", kind: "text", required: true }] }),
        node("review", "flow/human-review", {
          kind: "edit",
          title: "Answer to a complaint",
          instructions: "Is it kind?",
        }),
        node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
      ],
      edges: [
        { id: "w1", from: { node: "in", port: "q" }, to: { node: "review", port: "value" } },
        { id: "w2", from: { node: "review", port: "approved" }, to: { node: "out", port: "answer" } },
      ],
      layout: { in: { x: 0, y: 0 }, review: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
    },
  });
  await page.goto(`/pipelines/${id}`);
  await page.getByRole("textbox", { name: "Answer" }).fill("We are sorry.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByTestId("run-status")).toContainText("Waits for a person");
  await page.getByTestId("run-answer").click();
  await expect(page.getByTestId("inbox-task")).toContainText("Is it kind?");
  await page.keyboard.press("e");
  await page.getByTestId("inbox-edit").fill("We are very sorry.");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Approved").first()).toBeVisible();
  await page.goto(`/pipelines/${id}`);
  await expect(page.getByTestId("run-result")).toContainText("We are very sorry.");
  await page.goto("/inbox?state=closed");
  await expect(page.getByTestId("inbox-task")).toContainText("edited and approved");
});
