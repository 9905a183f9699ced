import type { Locator, Page } from "@playwright/test";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { redPng } from "@/runtime/testing/sample-files";
import { call } from "./fixtures/call";
import { expect, test } from "./fixtures/test";

/** A server of models that are said to see; what it was sent can be looked at. */
let models: FakeOpenAiServer;
const red = Buffer.from(redPng());
/** A worker that begins anew after a failed test registers its own. */
const slug = `files-${Date.now().toString(36)}`;

test.beforeAll(async ({ browser }) => {
  models = await startFakeOpenAiServer();
  const page = await browser.newPage();
  await call(page, "endpoint.create", {
    name: "File tests",
    slug,
    replicas: [{ baseUrl: models.baseUrl, weight: 1 }],
    models: [{ name: "fake-vision", chat: true, vision: true }],
  });
  await page.close();
});
test.afterAll(() => models.close());

const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });

/** A pipeline that asks about a picture, and gives the picture back beside the answer. */
const open = async (page: Page): Promise<Locator> => {
  const { id } = await call(page, "pipeline.create", {
    name: `Files ${test.info().title}`.slice(0, 120),
    document: {
      schemaVersion: 1,
      nodes: [
        node("in", "io/input", {
          fields: [{ name: "photo", title: "Photo", kind: "image", required: true, help: "" }],
        }),
        node("look", "vision/describe", { model: `${slug}/fake-vision`, question: "What is in this picture?" }),
        node("out", "io/output", {
          outputs: [
            { name: "answer", title: "Answer" },
            { name: "picture", title: "Picture" },
          ],
        }),
      ],
      edges: [
        { id: "w1", from: { node: "in", port: "photo" }, to: { node: "look", port: "image" } },
        { id: "w2", from: { node: "look", port: "text" }, to: { node: "out", port: "answer" } },
        { id: "w3", from: { node: "in", port: "photo" }, to: { node: "out", port: "picture" } },
      ],
      layout: { in: { x: 0, y: 0 }, look: { x: 320, y: 0 }, out: { x: 640, y: 0 } },
    },
  });
  await page.goto(`/pipelines/${id}`);
  const field = page.getByTestId("file-input-photo");
  await expect(field.getByText("Choose an image")).toBeVisible();
  return field;
};

const choose = (field: Locator, name: string, mimeType: string, buffer: Buffer) =>
  field.locator('input[type="file"]:not([capture])').setInputFiles({ name, mimeType, buffer });

/** The picture itself has come, not only a place for it. */
const expectShown = async (place: Locator, name: string): Promise<void> => {
  const picture = place.getByRole("img", { name });
  await picture.scrollIntoViewIfNeeded();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
};

test("a picture is uploaded, seen by the model, and shown with the result and in the page of the run", async ({
  page,
}) => {
  const field = await open(page);
  await choose(field, "red.png", "image/png", red);
  await expectShown(field, "red.png");

  await page.getByTestId("run").click();
  await expect(page.getByTestId("run-status")).toContainText("Succeeded");
  await expectShown(page.getByTestId("run-result"), "red.png");
  const sent = models.requests.filter(({ path }) => path === "/v1/chat/completions").at(-1)?.body;
  expect(JSON.stringify(sent)).toContain("data:image/png;base64,");

  await page.goto(`/runs?pipeline=${new URL(page.url()).pathname.split("/").at(-1)}`);
  await page
    .getByRole("table")
    .getByRole("link", { name: /^Files a picture is uploaded/ })
    .first()
    .click();
  await page.waitForURL(/\/runs\/[^/]+$/);
  // Once among the results and once among the inputs.
  const shown = page.getByTestId("file-view");
  await expect(shown).toHaveCount(2);
  for (const each of await shown.all()) await expectShown(each, "red.png");
});

test("a picture is dropped on the field, and pasted into it", async ({ page, context }) => {
  const field = await open(page);
  const dropped = await page.evaluateHandle((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const transfer = new DataTransfer();
    transfer.items.add(new File([bytes], "dropped.png", { type: "image/png" }));
    return transfer;
  }, red.toString("base64"));
  await field.dispatchEvent("dragover", { dataTransfer: dropped });
  await expect(field.getByText(/^Let go to upload/)).toBeVisible();
  await field.dispatchEvent("drop", { dataTransfer: dropped });
  await expectShown(field, "dropped.png");
  await field.getByRole("button", { name: "Remove" }).click();
  await expect(field.getByTestId("file-view")).toHaveCount(0);

  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) })]);
  }, red.toString("base64"));
  await field.getByRole("button", { name: "Photo" }).focus();
  await page.keyboard.press("Control+v");
  await expectShown(field, "image.png");
});

test("a file that is not what its name says is refused with the reason, and is not run", async ({ page }) => {
  const field = await open(page);
  const before = models.requests.length;
  await choose(field, "letter.png", "image/png", Buffer.from("This is a letter, and no picture at all.\n"));
  await expect(field.getByText("The name ended in .png, but the content is text/plain.")).toBeVisible();
  await expect(field.getByRole("alert")).toContainText("Choose another file.");
  await page.getByTestId("run").click();
  await expect(page.getByTestId("run-panel").getByText(/^This takes .* Choose another file\.$/)).toBeVisible();
  expect(models.requests.length).toBe(before);

  // Half a picture is none either.
  await choose(field, "half.png", "image/png", red.subarray(0, 40));
  await expect(field.getByRole("alert")).toContainText("The picture is damaged");

  // A picture by the wrong name is taken for what it is.
  await choose(field, "red.jpg", "image/jpeg", red);
  await expect(field.getByText("The name ended in .jpg, but the content is image/png.")).toBeVisible();
  await expectShown(field, "red.png");
  await expect(field.getByRole("alert")).toHaveCount(0);
});

test("speech is recorded with the microphone, and is sound for the field", async ({ page, context }) => {
  await context.grantPermissions(["microphone"]);
  const { id } = await call(page, "pipeline.create", {
    name: "Files recorded speech",
    document: {
      schemaVersion: 1,
      nodes: [
        node("in", "io/input", {
          fields: [{ name: "speech", title: "Speech", kind: "audio", required: true, help: "" }],
        }),
        node("out", "io/output", { outputs: [{ name: "sound", title: "Sound" }] }),
      ],
      edges: [{ id: "w1", from: { node: "in", port: "speech" }, to: { node: "out", port: "sound" } }],
      layout: { in: { x: 0, y: 0 }, out: { x: 320, y: 0 } },
    },
  });
  await page.goto(`/pipelines/${id}`);
  const field = page.getByTestId("file-input-speech");
  await field.getByRole("button", { name: "Record" }).click();
  await expect(field.getByText("Recording, 0:03")).toBeVisible();
  await field.getByRole("button", { name: "Stop recording" }).click();
  await expect(field.getByTestId("file-view")).toContainText(".webm");
  await expect(field.getByRole("alert")).toHaveCount(0);
  await page.getByTestId("run").click();
  await expect(page.getByTestId("run-status")).toContainText("Succeeded");
  await expect(page.getByTestId("run-result").getByTestId("file-view")).toBeVisible();
});
