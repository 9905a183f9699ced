import { call } from "./fixtures/call";
import { cardOf, choose, create, letter, node, place, run, saved, wire, wires } from "./fixtures/letters";
import { expect, test } from "./fixtures/test";

// Mistakes that an editor invites, and what it does about each. Nothing here asks a model.

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

  // A second version goes live; its page says what it changed, by the names of the steps, and leads back.
  const changed = letter();
  (changed.nodes[1] as { config: object }).config = { template: "Good day {{text}}" };
  await call(page, "pipeline.save", { id, baseRevision: 1, document: changed });
  await call(page, "deployment.publish", { pipelineId: id, revision: 2, slug });
  const question = page.getByRole("alertdialog");
  await page.goto("/deployments");
  await page.getByRole("link", { name }).click();
  await expect(page.getByTestId("figures")).toContainText("Requests2");
  await expect(page.getByRole("region", { name: "Callers" })).toContainText(`Shop of ${slug}`);
  const versions = page.getByTestId("live-version");
  await versions.first().getByRole("button", { name: "Version 2" }).click();
  await expect(versions.first()).toContainText("Template: Template");
  await versions.last().getByRole("button", { name: "Go back to it" }).click();
  await question.getByRole("button", { name: "Go back to version 1" }).click();
  await expect(versions.first()).toContainText("Version 1Livebrought back");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(versions.first()).toContainText("Version 2Live");
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
