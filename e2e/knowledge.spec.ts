import type { Locator, Page } from "@playwright/test";
import sharp from "sharp";
import { longPdf, pageFact } from "@/runtime/testing/long-pdf";
import { makePdf } from "@/runtime/testing/make-pdf";
import { expect, test } from "./fixtures/test";

/** Indexing four hundred pages takes most of the time: under a minute on two idle cores, much longer on busy ones. */
const indexed = { timeout: 240_000 };
test.setTimeout(300_000);

const createBase = async (page: Page, name: string, overlap?: number): Promise<void> => {
  await page.goto("/knowledge");
  await page.getByRole("button", { name: "New knowledge base" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  if (overlap !== undefined) {
    await dialog.getByText("How texts are cut into passages").click();
    await dialog.getByLabel("Overlap").fill(String(overlap));
  }
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await expect(page.getByText("Drop files or folders here")).toBeVisible();
};

const addFiles = (
  page: Page,
  files: readonly { readonly name: string; readonly mimeType: string; readonly buffer: Buffer }[],
) =>
  page
    .getByLabel("Add files", { exact: true })
    .and(page.locator("input"))
    .setInputFiles([...files]);

const row = (page: Page, name: string): Locator => page.getByRole("row").filter({ hasText: name });
const pdf = (name: string, content: Uint8Array) => ({
  name,
  mimeType: "application/pdf",
  buffer: Buffer.from(content),
});

/** Asks, and opens the first passage that holds the fact. */
const openCitation = async (page: Page, question: string, fact: string): Promise<void> => {
  await page.getByRole("textbox", { name: "Query" }).fill(question);
  await page.keyboard.press("Enter");
  const hit = page
    .getByRole("list", { name: "Passages found" })
    .getByRole("listitem")
    .filter({ hasText: fact })
    .first();
  await hit.getByRole("link", { name: "Open in the document" }).click();
};

/** The cited passage holds the fact, is in sight, and is said to be on its page; a passage may cover several. */
const expectCited = async (page: Page, fact: string, pageNumber: number): Promise<void> => {
  const cited = page.locator("mark").filter({ hasText: fact });
  await expect(cited).toBeInViewport();
  const said = await page.getByRole("button", { name: /^Citation on page/ }).textContent();
  const [first = 0, last = first] = (said?.match(/\d+/g) ?? []).map(Number);
  expect(first).toBeLessThanOrEqual(pageNumber);
  expect(last).toBeGreaterThanOrEqual(pageNumber);
  const range = new URL(page.url()).searchParams;
  const marked = (await page.locator("mark").allTextContents()).join("").replace(/\s/g, "");
  expect(marked.length).toBeGreaterThan(0);
  expect(marked.length).toBeLessThanOrEqual(Number(range.get("end")) - Number(range.get("start")));
};

test("two hundred pages of English and of Chinese are indexed with progress, searched, and cited at the right place", async ({
  page,
}) => {
  await createBase(page, "Works handbooks", 0);
  await addFiles(page, [pdf("handbook.pdf", longPdf("en", 200, 2)), pdf("手册.pdf", longPdf("zh", 200, 2))]);
  const progress = page.getByRole("progressbar", { name: "Indexing" });
  await expect(progress).toHaveAttribute("aria-valuenow", /\d+/);
  for (const name of ["handbook.pdf", "手册.pdf"]) {
    await expect(row(page, name)).toContainText("Indexed", indexed);
    await expect(row(page, name)).toContainText("200");
  }

  await page.getByRole("tab", { name: "Search" }).click();
  await openCitation(page, "Which maintenance code has compressor number 137?", pageFact("en", 137));
  await expectCited(page, pageFact("en", 137), 137);

  await page.goBack();
  await openCitation(page, "第88号压缩机的维护代码是什么？", pageFact("zh", 88));
  await expectCited(page, pageFact("zh", 88), 88);

  // The address alone leads there again, and the outline leads away and back.
  await page.reload();
  await expectCited(page, pageFact("zh", 88), 88);
  await page.getByRole("button", { name: /第20章/ }).click();
  await expect(page.getByText(pageFact("zh", 191))).toBeInViewport();
  await page.keyboard.press("g");
  await expectCited(page, pageFact("zh", 88), 88);
});

test("an empty base says what to do, a broken PDF says what is wrong with it, and a deleted document leaves no trace", async ({
  page,
}) => {
  await createBase(page, "Odds and ends");
  await page.getByRole("tab", { name: "Search" }).click();
  await expect(page.getByText("There is nothing to search yet")).toBeVisible();
  await page.getByRole("tab", { name: "Documents" }).click();

  await addFiles(page, [
    pdf("broken.pdf", Buffer.from("%PDF-1.7 and then nothing that makes sense")),
    { name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from("# Lamps\n\nThe blue lamp is in drawer 47.\n") },
    { name: "photo.png", mimeType: "image/png", buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47]) },
  ]);
  await expect(page.getByRole("region", { name: "Uploads" })).toContainText("This type of file cannot be read");
  await page.getByRole("button", { name: "Dismiss photo.png" }).click();
  await expect(row(page, "notes.md")).toContainText("Indexed", indexed);
  await expect(row(page, "broken.pdf")).toContainText("The file is damaged");
  await page.getByRole("button", { name: "Why broken.pdf failed" }).click();
  await expect(page.getByText("Open it in its own program and save or export it anew.")).toBeVisible();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(row(page, "broken.pdf")).toHaveCount(0);

  // The same content is not taken twice.
  await addFiles(page, [
    { name: "copy.md", mimeType: "text/markdown", buffer: Buffer.from("# Lamps\n\nThe blue lamp is in drawer 47.\n") },
  ]);
  await expect(page.getByRole("region", { name: "Uploads" })).toContainText("already has this content");
  await page.getByRole("button", { name: "Dismiss copy.md" }).click();

  await page.getByRole("tab", { name: "Search" }).click();
  const query = page.getByRole("textbox", { name: "Query" });
  await query.fill("Where is the blue lamp?");
  await query.press("Enter");
  await page.getByRole("button", { name: "Right answer" }).click();
  await page.getByRole("tab", { name: "Quality" }).click();
  await page.getByRole("button", { name: "Measure" }).click();
  await expect(page.getByRole("figure").filter({ hasText: "Recall@5" })).toContainText("100%");

  await page.getByRole("tab", { name: "Documents" }).click();
  await page.getByRole("button", { name: "Actions for notes.md" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Drop files or folders here")).toBeVisible();
  await page.getByRole("tab", { name: "Search" }).click();
  await expect(page.getByText("There is nothing to search yet")).toBeVisible();

  await page.getByRole("tab", { name: "Settings" }).click();
  await page.getByRole("main").getByRole("button", { name: "Delete" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(/\/knowledge$/);
  await expect(page.getByRole("link", { name: "Odds and ends" })).toHaveCount(0);
});

/** A page as a scanner gives it: a picture of these lines, no text. The browser draws them. */
const scan = async (page: Page, lines: readonly string[]) => {
  await page.evaluate(async (texts) => {
    const sheet = document.createElement("div");
    sheet.id = "scan";
    const style = {
      position: "fixed",
      inset: "0",
      zIndex: "9999",
      background: "white",
      color: "black",
      padding: "60px",
    };
    Object.assign(sheet.style, style, { font: '44px "Noto Sans SC Variable", sans-serif', lineHeight: "1.8" });
    for (const text of texts) sheet.append(Object.assign(document.createElement("p"), { textContent: text }));
    document.body.append(sheet);
    await document.fonts.load('44px "Noto Sans SC Variable"', texts.join(""));
  }, lines);
  const { data, info } = await sharp(await page.screenshot())
    .grayscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  await page.evaluate(() => document.getElementById("scan")?.remove());
  return { lines: [], picture: { width: info.width, height: info.height, gray: new Uint8Array(data) } };
};

test("scanned pages in English and Chinese are read by the vision model, found, and cited on their page", async ({
  page,
}) => {
  await createBase(page, "Scans");
  const pages = [
    await scan(page, ["House rules", "The spare key of the boat shed", "hangs behind the green clock."]),
    await scan(page, ["仓库须知", "灭火器放在二号仓库的东门旁边。", "每月检查一次。"]),
  ];
  await addFiles(page, [pdf("scan.pdf", makePdf(pages))]);
  await expect(row(page, "scan.pdf")).toContainText("Indexed", indexed);
  await page.getByRole("tab", { name: "Search" }).click();
  const query = page.getByRole("textbox", { name: "Query" });
  const found = page.getByRole("list", { name: "Passages found" }).getByRole("listitem");
  await query.fill("Where is the key of the boat shed?");
  await query.press("Enter");
  await expect(found.first()).toContainText(/green clock/i);
  await query.fill("灭火器放在哪里？");
  await query.press("Enter");
  const hit = found.filter({ hasText: /灭火器/ }).first();
  await expect(hit).toContainText("东门");
  await hit.getByRole("link", { name: "Open in the document" }).click();
  await expect(page.getByRole("button", { name: /^Citation on page/ })).toContainText("2");
});
