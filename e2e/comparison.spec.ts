import { call } from "./fixtures/call";
import { choose, create, node, place, wire } from "./fixtures/letters";
import { expect, test } from "./fixtures/test";

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
