import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

/** A person's shop mail: twelve rows of each label, and one of them twice. */
const letters: Readonly<Record<string, readonly string[]>> = {
  delivery: [
    "Where is my parcel?",
    "The courier never came to my door.",
    "My order has been on its way for nine days.",
    "The tracking number shows nothing.",
    "Can you send it to my office instead?",
    "The box arrived at the wrong house.",
    "When will the kettle be delivered?",
    "Nobody rang the bell and the driver left.",
    "I have been waiting for the shipment since Monday.",
    "Is express shipping still possible?",
    "The carrier says the address is unknown.",
    "Please hold my package at the depot.",
  ],
  billing: [
    "I was charged twice.",
    "The invoice shows a wrong amount.",
    "Please send me a receipt for my taxes.",
    "My card was debited without any order.",
    "Why is there a fee of four pounds?",
    "Can I pay by bank transfer?",
    "The discount code did not lower the price.",
    "Your bill has the name of my old company on it.",
    "I would like to change my payment method.",
    "The direct debit failed yesterday.",
    "How do I add a VAT number to the bill?",
    "The sum on my statement is not what I agreed to pay.",
  ],
  defect: [
    "The lamp flickers and goes out.",
    "The kettle leaks at the bottom.",
    "A button of the radio is stuck.",
    "The screen has a crack.",
    "It makes a loud noise and smells of smoke.",
    "The toaster stopped working after a week.",
    "The handle broke off in my hand.",
    "The battery is empty after ten minutes.",
    "One of the legs of the table is bent.",
    "The washing machine shows the error E18.",
    "The zip of the jacket is torn.",
    "The speaker crackles at every volume.",
  ],
};
const rows = Object.entries(letters).flatMap(([label, texts]) => texts.map((text) => ({ text, label })));
const withOneTwice = [...rows, { text: "Where is my parcel?", label: "delivery" }];
const csv = ["text,label", ...withOneTwice.map(({ text, label }) => `"${text}",${label}`)].join("\n");
const jsonLines = rows.map((row) => JSON.stringify(row)).join("\n");

/** A head is learnt and measured in seconds; on a busy machine the embedding model takes its time to be loaded first. */
const trained = { timeout: 90_000 };
test.setTimeout(240_000);
/** A worker that begins anew after a failed test trains its own. */
const name = `Shop mail ${Date.now().toString(36)}`;

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });

test("pasted rows are checked, mended, learnt and measured, and a step answers with what came of them", async ({
  page,
}) => {
  await page.goto("/registry");
  await page.getByRole("link", { name: "Train a classifier" }).first().click();
  await page.getByRole("radio", { name: "Paste" }).click();
  await page.getByRole("textbox", { name: "Rows" }).fill(csv);
  await page.getByRole("button", { name: "Read the rows" }).click();
  await page.getByRole("textbox", { name: "Name of the set" }).fill(name);
  await expect(page.getByRole("columnheader", { name: "label" })).toBeVisible();
  await page.getByRole("button", { name: "Take these rows" }).click();

  // The row that stands there twice is found, and dropped.
  await expect(page.getByText("37 rows, 3 labels")).toBeVisible();
  await expect(page.getByText("One row repeats another")).toBeVisible();
  await page.getByRole("button", { name: "Drop duplicates" }).click();
  await expect(page.getByText("36 rows, 3 labels")).toBeVisible();
  await expect(page.getByText("One row repeats another")).toHaveCount(0);
  await page.getByRole("button", { name: "Next" }).click();

  await expect(page.getByRole("textbox", { name: "Name of the model" })).toHaveValue(name);
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await expect(page.getByText("Trained: version 1")).toBeVisible(trained);
  await page.getByRole("link", { name: "See the result" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText(/^Measured on \d+ rows that it has not seen$/)).toBeVisible();
  await expect(page.getByText(/^\d+\.\d %/).first()).toBeVisible();
  await expect(page.getByRole("heading", { name: "Learning curve" })).toBeVisible();

  await page.getByRole("combobox", { name: "Stage of version 1" }).click();
  await page.getByRole("option", { name: "production" }).click();
  await expect(page.getByText("Version 1 is in production now")).toBeVisible();
  const reference = (await page.getByText(/^shop-mail-\S+@production$/).textContent()) ?? "";

  const { id } = await call(page, "pipeline.create", {
    name: `Sorted by ${name}`,
    document: {
      schemaVersion: 1,
      nodes: [
        node("in", "io/input", { fields: [{ name: "letter", title: "", kind: "text", required: true, help: "" }] }),
        node("sort", "fine-tuned/classify", { minimumConfidence: 0 }),
        node("out", "io/output", { outputs: [{ name: "kind", title: "Kind" }] }),
      ],
      edges: [
        { id: "w1", from: { node: "in", port: "letter" }, to: { node: "sort", port: "text" } },
        { id: "w2", from: { node: "sort", port: "label" }, to: { node: "out", port: "kind" } },
      ],
      layout: { in: { x: 0, y: 0 }, sort: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
    },
  });
  await page.goto(`/pipelines/${id}`);
  const card = page.getByTestId("card-fine-tuned/classify");
  await card.click({ position: { x: 40, y: 10 } });
  const inspector = page.getByTestId("inspector");
  await inspector.getByText("Choose a registered model").click();
  await page.getByRole("option", { name: reference }).click();
  await expect(inspector.getByText("3 labels: ")).toBeVisible();
  // Each label has a port of its own now.
  for (const label of Object.keys(letters)) await expect(card.getByTestId(`port-output-${label}`)).toBeVisible();

  await page.getByRole("textbox", { name: "letter" }).fill("The iron leaks at the bottom and smells of smoke.");
  await page.getByTestId("run").click();
  await expect(page.getByTestId("run-status")).toContainText("Succeeded", trained);
  await expect(page.getByTestId("run-result")).toContainText("defect");
});

test("an uploaded file of rows is read, and one that is no table is refused with the reason", async ({ page }) => {
  await page.goto("/registry/train");
  const chooser = page.locator('input[type="file"]');
  await chooser.setInputFiles({
    name: "half.jsonl",
    mimeType: "application/jsonl",
    buffer: Buffer.from(`${jsonLines}\n{"text": "never closed`),
  });
  await expect(page.getByText(/line 37/i).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Take these rows" })).toHaveCount(0);

  await chooser.setInputFiles({ name: "letters.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(jsonLines) });
  await expect(page.getByRole("textbox", { name: "Name of the set" })).toHaveValue("letters");
  await page.getByRole("button", { name: "Take these rows" }).click();
  await expect(page.getByText("36 rows, 3 labels")).toBeVisible();
  await expect(page.getByRole("button", { name: "Next" })).toBeEnabled();
});
