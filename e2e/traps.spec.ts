import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./fixtures/test";

// Mistakes that an editor invites, and what it does about each. Nothing here asks a model.

const call = async (page: Page, path: string, input: unknown): Promise<Record<string, unknown>> => {
  const origin = new URL(test.info().project.use.baseURL ?? "").origin;
  const answer = await page.request.post(`/api/trpc/${path}`, { data: { json: input }, headers: { origin } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).result.data.json ?? {};
};

const node = (id: string, type: string, config: object, more: object = {}) => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
  ...more,
});
const wire = (from: string, to: string) => {
  const [source = "", output = ""] = from.split(".");
  const [target = "", input = ""] = to.split(".");
  return { id: `${from} ${to}`, from: { node: source, port: output }, to: { node: target, port: input } };
};
const place = (ids: readonly string[]) => Object.fromEntries(ids.map((id, index) => [id, { x: index * 300, y: 0 }]));
const letter = () => ({
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: [{ name: "text", title: "", kind: "text", required: true, help: "" }] }),
    node("fill", "text/template", { template: "Hello {{text}}" }),
    node("wrap", "text/template", { template: "[{{letter}}]" }),
    node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
  ],
  edges: [wire("in.text", "fill.text"), wire("fill.text", "wrap.letter"), wire("wrap.text", "out.answer")],
  layout: place(["in", "fill", "wrap", "out"]),
  variants: { fill: [{ id: "formal", label: "Formal", config: { template: "Dear {{text}}" } }] },
});

const create = async (page: Page, name: string, document?: object): Promise<string> =>
  String((await call(page, "pipeline.create", { name, ...(document && { document }) })).id);
const cardOf = (page: Page, id: string): Locator => page.locator(`.react-flow__node[data-id="${id}"]`);
const choose = (page: Page, id: string) => cardOf(page, id).click({ position: { x: 40, y: 10 } });
const wires = (page: Page): Locator => page.locator(".react-flow__edge");
const saved = (page: Page) => expect(page.getByTestId("save-status")).toContainText("Saved");
const run = async (page: Page, text: string, ends: string) => {
  const panel = page.getByTestId("run-panel");
  await panel.getByRole("textbox", { name: "text" }).fill(text);
  await page.getByTestId("run").click();
  await expect(page.getByTestId("run-status")).toContainText(ends);
};

test("a live pipeline is paused and deleted only after its callers were shown, and Undo brings the API back", async ({
  page,
}) => {
  const name = `Live ${Date.now().toString(36)}`;
  const slug = name.toLowerCase().replace(" ", "-");
  const id = await create(page, name, letter());
  await call(page, "deployment.publish", { pipelineId: id, revision: 1, slug });
  const { key } = await call(page, "apiKey.create", { name: `Shop of ${slug}` });
  const status = async () => {
    const headers = { authorization: `Bearer ${key}` };
    const data = { inputs: { text: "Ada" } };
    return (await page.request.post(`/api/v1/pipelines/${slug}/runs`, { headers, data })).status();
  };
  expect([await status(), await status()]).toEqual([200, 200]);
  // Answers are recorded behind the answer: the dialog shows what is there when it is asked.
  await expect
    .poll(async () => {
      const input = encodeURIComponent(JSON.stringify({ json: { pipelineId: id } }));
      return (await (await page.request.get(`/api/trpc/deployment.callers?input=${input}`)).json()).result.data.json
        .calls;
    })
    .toBe(2);

  const question = page.getByRole("alertdialog");
  await page.goto("/deployments");
  await page.getByRole("row", { name }).getByRole("button", { name: "Pause" }).click();
  await expect(question.getByTestId("callers")).toContainText(`Shop of ${slug}`);
  await question.getByRole("button", { name: "Cancel" }).click();
  expect(await status()).toBe(200);

  await page.goto("/pipelines");
  await page.getByRole("button", { name: `Actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await expect(question).toContainText("Its API stops answering");
  await expect(question.getByTestId("callers")).toContainText(/Shop of .+3 calls/);
  await question.getByRole("button", { name: "Delete and stop the API" }).click();
  await expect(page.getByText(`Deleted “${name}”`)).toBeVisible();
  expect(await status()).toBe(404);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText(`its API answers again at ${slug}`)).toBeVisible();
  expect(await status()).toBe(200);
});

test("what is on the screen runs, its wording stays in the history, and a step that is off lets its input through", async ({
  page,
}) => {
  const id = await create(page, "Letters", letter());
  await page.goto(`/pipelines/${id}`);
  const result = page.getByTestId("run-result");
  const inspector = page.getByTestId("inspector");

  // Run runs the variant that is open, and says so before and after.
  await choose(page, "fill");
  await inspector.getByRole("radio", { name: "Formal" }).click();
  await expect(page.getByTestId("run-variant")).toContainText("“Formal”");
  await expect(page.getByTestId("run")).toContainText("Run variant");
  await run(page, "Ada", "Succeeded");
  await expect(result).toContainText("[Dear Ada]");
  await expect(page.getByTestId("run-status")).toContainText("Variant “Formal”");
  await expect(page.getByTestId("run-trace").getByText("Formal", { exact: true })).toBeVisible();
  await page.getByTestId("run-variant").getByRole("button").click();
  await run(page, "Bob", "Succeeded");
  await expect(result).toContainText("[Hello Bob]");
  await expect(page.getByTestId("tried-variant")).toHaveCount(0);

  // The variant becomes the base; the old wording is a version, and comes back in one step that can be undone.
  await inspector.getByRole("radio", { name: "Formal" }).click();
  await inspector.getByRole("button", { name: "What to do with Formal" }).click();
  await page.getByRole("menuitem", { name: "Make it the base" }).click();
  await expect(cardOf(page, "fill")).toContainText("Dear {{text}}");
  await saved(page);
  await page.getByTestId("versions").click();
  const version = page.getByTestId("version").filter({ hasText: "Run from the canvas" }).first();
  await version.getByRole("button").first().click();
  await expect(page.getByTestId("version-changes").locator("ins")).toContainText("Hello");
  await expect(page.getByTestId("version-changes").locator("del")).toContainText("Dear");
  await page.getByTestId("restore-version").click();
  await expect(cardOf(page, "fill")).toContainText("Hello {{text}}");
  await page.keyboard.press("Control+z");
  await expect(cardOf(page, "fill")).toContainText("Dear {{text}}");
  await page.keyboard.press("Control+Shift+z");
  await expect(cardOf(page, "fill")).toContainText("Hello {{text}}");

  // Switched off, a step passes its input on, and says so.
  await choose(page, "wrap");
  await inspector.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Switch off" }).click();
  await expect(page.getByTestId("off-note")).toContainText("what comes in goes on");
  await run(page, "Cleo", "Succeeded");
  await expect(result).toContainText("Hello Cleo");
  await expect(result).not.toContainText("[");
  await expect(cardOf(page, "wrap")).toContainText("passed its input on");

  // The run's own page says of the first run what it tried.
  const input = encodeURIComponent(JSON.stringify({ json: { pipelineId: id, limit: 10 } }));
  const listed = await (await page.request.get(`/api/trpc/run.list?input=${input}`)).json();
  const first = listed.result.data.json.items.at(-1).id;
  await page.goto(`/runs/${first}`);
  await expect(page.getByTestId("tried-variant")).toContainText("Variant “Formal” of “");
});

test("a way that leads nowhere is warned of before the run, and a run without a result is not a success", async ({
  page,
}) => {
  const id = await create(page, "Ways", {
    schemaVersion: 1,
    nodes: [
      node("in", "io/input", { fields: [{ name: "text", title: "", kind: "text", required: true, help: "" }] }),
      node("ways", "flow/switch", { cases: [{ name: "yes", test: "equals", value: "yes", values: [] }] }),
      node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
      node("off", "classifier/examples", {}, { disabled: true }),
      node("after", "text/template", { template: "{{label}}" }),
    ],
    edges: [
      wire("in.text", "ways.value"),
      wire("ways.yes", "out.answer"),
      wire("in.text", "off.text"),
      wire("off.label", "after.label"),
    ],
    layout: { ...place(["in", "ways", "out"]), off: { x: 300, y: 260 }, after: { x: 600, y: 260 } },
  });
  await page.goto(`/pipelines/${id}`);
  await page.getByTestId("problems").click();
  await expect(page.getByText("Nothing follows “Default” of “Switch”").first()).toBeVisible();
  await expect(page.getByText("is switched off and passes nothing on that fits").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await run(page, "no", "No result");
  await expect(page.getByTestId("run-status")).not.toContainText("Succeeded");
  await expect(page.getByTestId("run-result")).toContainText("no branch reached an output");
  await page.goto(`/runs?pipeline=${id}&status=empty`);
  await expect(page.getByRole("row").filter({ hasText: "Ways" })).toContainText("No result");
});

test("a pipeline is built and wired by keyboard, and every wire has a name", async ({ page }) => {
  await page.goto(`/pipelines/${await create(page, "By keyboard")}`);
  await expect(page.getByTestId("canvas")).toBeVisible();
  const add = async (word: string) => {
    await page.keyboard.press("/");
    await expect(page.locator("#palette-search")).toBeFocused();
    await page.keyboard.type(word);
    await page.keyboard.press("Enter");
  };
  // Each stands right of the one before, wired where one wire is obvious.
  await add("input");
  await expect(page.locator(".react-flow__node")).toHaveCount(1);
  await add("template");
  await expect(page.locator(".react-flow__node")).toHaveCount(2);
  await expect(wires(page)).toHaveCount(1);
  await expect(wires(page).first()).toHaveAttribute("aria-label", "Wire from Input, text, to Template, text");
  await add("output");
  await expect(page.locator(".react-flow__node")).toHaveCount(3);
  await expect(wires(page)).toHaveCount(2);
  const left = async (type: string) => (await page.getByTestId(`card-${type}`).boundingBox())?.x ?? 0;
  expect(await left("io/input")).toBeLessThan(await left("text/template"));
  expect(await left("text/template")).toBeLessThan(await left("io/output"));

  // A wire by name, from the chosen step, and from a port that the Tab key reached.
  await page.getByRole("group", { name: "Wire from Template" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Delete");
  await expect(wires(page)).toHaveCount(1);
  await page.getByRole("group", { name: "Template", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("c");
  await page.keyboard.type("outp answer");
  await page.keyboard.press("Enter");
  await expect(wires(page)).toHaveCount(2);
  await page.keyboard.press("Control+z");
  await expect(wires(page)).toHaveCount(1);
  await page.getByRole("group", { name: "Template", exact: true }).focus();
  const port = page.getByRole("button", { name: /^Output Text, text, not wired/ });
  for (let steps = 0; steps < 4 && !(await port.evaluate((own) => own === document.activeElement)); steps += 1)
    await page.keyboard.press("Tab");
  await expect(port).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(wires(page)).toHaveCount(2);
});

test("a template opens with all of its steps in sight, at the smallest window too", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const { id } = await call(page, "pipeline.create", { name: "Fitted", templateId: "message-routing" });
  await page.goto(`/pipelines/${id}`);
  await expect(page.locator(".react-flow__node")).toHaveCount(7);
  const canvas = await page.getByTestId("canvas").boundingBox();
  for (const card of await page.locator(".react-flow__node").all()) {
    const box = await card.boundingBox();
    if (!canvas || !box) throw new Error("There is nothing to measure.");
    expect(box.x).toBeGreaterThanOrEqual(canvas.x);
    expect(box.y).toBeGreaterThanOrEqual(canvas.y);
    expect(box.x + box.width).toBeLessThanOrEqual(canvas.x + canvas.width);
    expect(box.y + box.height).toBeLessThanOrEqual(canvas.y + canvas.height);
  }
});

test("typing keeps the wires: a variable named anew by hand, an example that is empty for a moment", async ({
  page,
}) => {
  const labels = ["billing", "delivery"].map((name) => ({ name, examples: [`About ${name}`] }));
  const id = await create(page, "Typing", {
    schemaVersion: 1,
    nodes: [
      node("in", "io/input", { fields: [{ name: "text", title: "", kind: "text", required: true, help: "" }] }),
      node("fill", "text/template", { template: "{{text}}" }),
      node("sort", "classifier/examples", { labels }),
      node("out", "io/output", { outputs: [{ name: "answer" }, { name: "other" }] }),
    ],
    edges: [
      wire("in.text", "fill.text"),
      wire("fill.text", "sort.text"),
      wire("sort.billing", "out.answer"),
      wire("sort.delivery", "out.other"),
    ],
    layout: place(["in", "fill", "sort", "out"]),
  });
  await page.goto(`/pipelines/${id}`);
  await choose(page, "fill");
  await page.getByTestId("template-template").locator(".monaco-editor").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  for (const _ of "text") await page.keyboard.press("Backspace");
  await page.keyboard.type("letter");
  await expect(cardOf(page, "fill").getByTestId("port-input-letter")).toBeVisible();
  await expect(cardOf(page, "fill").getByTestId("port-input-letter")).toHaveAttribute("data-wired", "");
  await expect(wires(page)).toHaveCount(4);
  await page.keyboard.press("Escape");

  await choose(page, "sort");
  const example = page
    .getByTestId("inspector")
    .getByRole("textbox", { name: /example/i })
    .first();
  await example.fill("");
  await expect(cardOf(page, "sort").getByTestId("port-output-billing")).toHaveAttribute("data-wired", "");
  await saved(page);
  await page.reload();
  await expect(cardOf(page, "sort").getByTestId("port-output-billing")).toHaveAttribute("data-wired", "");
  await expect(cardOf(page, "sort").getByTestId("port-output-delivery")).toBeVisible();
  await expect(wires(page)).toHaveCount(4);
  await expect(cardOf(page, "sort").locator("[data-ghost]")).toHaveCount(0);
});

test("a comparison tells right from wrong on cases of the whole dataset, and the experiment and the gate know what was chosen", async ({
  page,
}) => {
  const stamp = Date.now().toString(36);
  const name = `Letters by department ${stamp}`;
  const fields = ["text", "sign"].map((field) => ({ name: field, title: "", kind: "text", required: true, help: "" }));
  const pipeline = await create(page, `Departments ${stamp}`, {
    schemaVersion: 1,
    nodes: [
      node("in", "io/input", { fields }),
      node("fill", "text/template", { template: "{{text}}{{sign}}" }),
      node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
    ],
    edges: [wire("in.text", "fill.text"), wire("in.sign", "fill.sign"), wire("fill.text", "out.answer")],
    layout: place(["in", "fill", "out"]),
    variants: { fill: [{ id: "say", label: "Sentence", config: { template: "It is {{text}}, I think{{sign}}" } }] },
  });
  const columns = [
    { name: "letter", role: "input" },
    { name: "sign", role: "input" },
    { name: "department", role: "expected" },
    { name: "tone", role: "expected" },
  ];
  const { id } = await call(page, "dataset.create", { name, columns });
  // Sorted: the first rows are all of one label.
  const rows = Array.from({ length: 40 }, (_, index) => {
    const department = index < 38 ? "delivery" : "billing";
    return { inputs: { letter: department, sign: ".".repeat(index + 1) }, expected: { department, tone: "kind" } };
  });
  await call(page, "dataset.addRows", { id, rows });

  await page.goto(`/pipelines/${pipeline}`);
  await choose(page, "fill");
  await page.getByTestId("variants").getByRole("button", { name: "Compare" }).click();
  const compare = page.getByTestId("compare");
  await compare.getByRole("button", { name: "Add cases" }).click();
  await page.getByRole("menuitem", { name: "From a dataset" }).click();
  const take = page.getByTestId("take-cases");
  // Found on the server, by a part of its name.
  await take.getByRole("combobox", { name: "Dataset" }).click();
  await page.getByPlaceholder("Choose a dataset").fill(`department ${stamp}`);
  await page.getByRole("option", { name }).click();
  await expect(take.getByRole("button", { name: "Take 10 cases" })).toBeDisabled();
  await take.getByRole("combobox", { name: "text" }).click();
  await page.getByRole("option", { name: "letter" }).click();
  await take.getByRole("combobox", { name: "Expected answer" }).click();
  await page.getByRole("option", { name: "department" }).click();
  await take.getByRole("button", { name: "Take 10 cases" }).click();
  await expect(compare.getByTestId("compare-expected")).toHaveCount(10);
  await expect(compare.getByTestId("compare-expected").filter({ hasText: "billing" })).toHaveCount(2);

  await compare.getByTestId("compare-run").click();
  await expect(compare.getByTestId("compare-right")).toHaveText(["10 of 10 right", "0 of 10 right"]);
  await expect(compare.getByTestId("compare-mark").filter({ hasText: "Wrong" })).toHaveCount(10);
  await expect(compare.locator("ins, del")).toHaveCount(0);
  await compare.getByTestId("sentence-hint").getByRole("button", { name: "Use “Contains”" }).click();
  await expect(compare.getByTestId("compare-right")).toHaveText(["10 of 10 right", "10 of 10 right"]);
  await expect(compare.getByTestId("sentence-hint")).toHaveCount(0);

  // Nothing of it is asked for again, here or there.
  await compare.getByTestId("to-experiment").click();
  await expect(page.getByRole("combobox", { name: "Dataset" })).toContainText(name);
  await expect(page.getByRole("combobox", { name: "text" })).toContainText("letter");
  await expect(page.getByRole("button", { name: "Settings of “Contains”" })).toBeVisible();
  await expect(page.getByTestId("sentence-hint")).toHaveCount(0);
  await page.getByRole("button", { name: "Remove “Contains”" }).click();
  await page.getByRole("button", { name: "Add a scorer" }).click();
  await page.getByRole("option", { name: /^Exact match/ }).click();
  await page.getByRole("button", { name: "Settings of “Exact match”" }).click();
  await page.getByRole("combobox", { name: "Compared with" }).click();
  await page.getByRole("option", { name: "department" }).click();
  await expect(page.getByTestId("sentence-hint")).toContainText("sentences that contain the label");
  await page.goto(`/pipelines/${pipeline}?publish=1`);
  await page.getByRole("button", { name: "Require a gate" }).click();
  const gate = page.getByRole("dialog", { name: "Gate" });
  await expect(gate.getByRole("combobox", { name: "Dataset" })).toContainText(name);
  await expect(gate.getByRole("combobox", { name: "Scorer 1" })).toContainText("Contains");
});

test("a name as long as a name may be breaks no list and no header, and can be read whole", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  const name = `Unbroken${"n".repeat(90)}${Date.now().toString(36)}`;
  const id = await create(page, name, letter());
  const slug = `long-${Date.now().toString(36)}-${"s".repeat(40)}`;
  await call(page, "deployment.publish", { pipelineId: id, revision: 1, slug });
  const columns = [{ name: `Column${"c".repeat(90)}`, role: "input" }];
  const dataset = await call(page, "dataset.create", { name, columns });
  await page.goto("/pipelines");
  const link = page.getByRole("link", { name }).first();
  await link.hover();
  await expect(page.getByTestId("full-text")).toHaveText(name);
  const [text, tip] = [await link.boundingBox(), await page.getByTestId("full-text").boundingBox()];
  expect((text?.y ?? 0) + (text?.height ?? 0)).toBeLessThanOrEqual(tip?.y ?? 0);
  await page.mouse.move(0, 0);
  await expect(page.getByTestId("full-text")).toHaveCount(0);
  await page.getByRole("searchbox").focus();
  for (let steps = 0; steps < 8 && !(await link.evaluate((own) => own === document.activeElement)); steps += 1)
    await page.keyboard.press("Tab");
  await expect(page.getByTestId("full-text")).toHaveText(name);
  for (const path of [
    "/",
    "/pipelines",
    "/deployments",
    "/evaluation/datasets",
    `/evaluation/datasets/${dataset.id}`,
    `/pipelines/${id}`,
  ]) {
    await page.goto(path);
    await expect(page.getByText(name).first()).toBeVisible();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
    // What can be done on the page is in sight, beside the name.
    for (const button of await page.locator("header button:visible, header a:visible").all()) {
      const box = await button.boundingBox();
      if (box) expect(box.x + box.width, path).toBeLessThanOrEqual(1280);
    }
  }
});
