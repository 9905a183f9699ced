import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { call } from "./fixtures/call";
import { picture } from "./fixtures/picture";
import { expect, test } from "./fixtures/test";

/** `echo` says what it is asked, so that a prompt decides what is right; `schema` calls any two answers equal. */
let models: FakeOpenAiServer;
const slug = `planning-${Date.now().toString(36)}`;
const rows = 60;

test.beforeAll(async ({ browser }) => {
  models = await startFakeOpenAiServer();
  const page = await browser.newPage();
  const model = { chat: true, embedding: false, vision: false, contextTokens: null, inputUsdPerM: 1, outputUsdPerM: 2 };
  await call(page, "endpoint.create", {
    name: "Planning tests",
    slug,
    replicas: [{ baseUrl: models.baseUrl, weight: 1 }],
    models: [
      { ...model, name: "echo", jsonSchema: false },
      { ...model, name: "schema", jsonSchema: true },
    ],
  });
  await page.close();
});
test.afterAll(() => models.close());

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
const field = (name: string) => ({ name, title: "", kind: "text", required: true, help: "" });
const document = () => ({
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [field("text"), { ...field("noise"), required: false }] }),
    node("ask", "prompt/chat", { model: `${slug}/echo`, system: "Leave out {{noise}}", user: "{{text}}" }),
    node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
  ],
  edges: [
    { id: "w1", from: { node: "in", port: "text" }, to: { node: "ask", port: "text" } },
    { id: "w2", from: { node: "in", port: "noise" }, to: { node: "ask", port: "noise" } },
    { id: "w3", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: { in: { x: 0, y: 0 }, ask: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
});

const variant = (key: string, label: string, user: string) => ({
  key,
  label,
  revision: "draft",
  overrides: [{ nodeId: "ask", config: { user } }],
});

test("a version is held against itself, losers are dropped on the way, and the next experiment is planned by what was seen", async ({
  page,
}) => {
  const name = `Plans ${slug}`;
  const pipeline = await call(page, "pipeline.create", { name, document: document() });
  const dataset = await call(page, "dataset.create", {
    name,
    columns: [
      { name: "text", role: "input" },
      { name: "noise", role: "input" },
      { name: "wanted", role: "expected" },
    ],
  });
  await call(page, "dataset.addRows", {
    id: dataset.id,
    rows: Array.from({ length: rows }, (_, index) => ({
      // Every second case has a word too many, which one variant repeats.
      inputs: { text: `case ${index}`, noise: index % 2 === 0 ? " please" : "" },
      expected: { wanted: `case ${index}` },
    })),
  });

  // The baseline against itself: one press, the cost before, the rate after.
  await page.goto(`/evaluation/experiments/new?pipeline=${pipeline.id}&dataset=${dataset.id}`);
  await expect(page.getByTestId("plan")).toContainText("Nothing was compared by this metric yet");
  await page.getByRole("button", { name: "A/A check" }).click();
  await expect(page.getByRole("textbox", { name: "Name of variant B" })).toHaveValue("As it is, again");
  await expect(page.getByText("120 on 60 cases")).toBeVisible();
  await picture(page, "same-set-up");
  await page.getByRole("button", { name: "Start the experiment" }).click();
  await page.waitForURL(/\/evaluation\/experiments\/(?!new)[^/?]+$/);
  await expect(page.getByText(/^The same version against itself: of 2,000 experiments/)).toBeVisible();
  await picture(page, "same-result");

  // Of four, two add a word to each answer: they are dropped, and the page says when and why.
  const { id } = await call(page, "experiment.start", {
    name,
    draft: {
      pipelineId: pipeline.id,
      datasetId: dataset.id,
      dropLosers: true,
      repeats: 2,
      concurrency: 2,
      variants: [
        variant("a", "As it is", "{{text}}"),
        variant("b", "Polite", "{{text}}{{noise}}"),
        variant("c", "Plain", "{{text}}\n"),
        variant("d", "Surprised", "oh {{text}}"),
      ],
      baseline: "a",
      scorers: [
        { id: "label", type: "label/accuracy" },
        { id: "pair", type: "judge/pairwise", config: { model: `${slug}/schema` } },
      ],
      primary: "label.accuracy",
    },
  });
  await page.goto(`/evaluation/experiments/${id}`);
  await expect(page.getByText(/^Polite was dropped after \d+ of 60 cases: .* is surely better/)).toBeVisible();
  await expect(page.getByText(/^Surprised was dropped after \d+ of 60 cases/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "Preferred, one among several" })).toBeVisible();
  await picture(page, "dropped");

  // The next one is planned by how much these differed.
  await page.goto(`/evaluation/experiments/new?pipeline=${pipeline.id}&dataset=${dataset.id}`);
  await page.getByRole("button", { name: "Add a variant" }).click();
  await page.getByRole("menuitem").first().click();
  await expect(page.getByTestId("plan")).toContainText(`Reckoned from how much versions differed in “${name}”`);
  await expect(page.getByTestId("plan")).toContainText("between repeats of one case");
  await picture(page, "planned");
});
