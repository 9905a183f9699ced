import { readFile } from "node:fs/promises";
import { choose, create, letter } from "./fixtures/letters";
import { expect, test } from "./fixtures/test";

test("a sheet goes in and comes back with an answer in every row", async ({ page }) => {
  const id = await create(page, "Letters by sheet", letter());
  await page.goto(`/pipelines/${id}`);
  await choose(page, "fill");
  await page.getByTestId("inspector").getByRole("radio", { name: "Formal" }).click();
  await page.getByTestId("run-sheet").click();
  const dialog = page.getByTestId("sheet-dialog");
  const rows = ["No;Text;Phone", "1;Ada;0049170", "2;;0049171", "3;=1+1;0049172", "4;Bob;0049173"];
  await dialog.locator("input[type=file]").setInputFiles({
    name: "people.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(rows.join("\n")),
  });
  // What is on the screen runs; the column was found by its name, and can be another.
  await expect(page.getByTestId("sheet-variant")).toContainText("“Formal”");
  const feed = dialog.getByRole("combobox", { name: "text" });
  await expect(feed).toContainText("Text");
  await feed.click();
  await page.getByRole("option", { name: "Phone" }).click();
  await feed.click();
  await page.getByRole("option", { name: "Text" }).click();
  await page.getByTestId("sheet-start").click();
  await expect(dialog.getByTestId("sheet-notice")).toContainText("All rows have been run");
  await dialog.getByRole("link", { name: "Open its page" }).click();

  await expect(page.getByRole("row", { name: /Ada/ })).toContainText("[Dear Ada]");
  await expect(page.getByRole("row", { name: /blank, not run/ })).toHaveCount(1);
  await page.getByRole("button", { name: "Download" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "As CSV" }).click();
  const text = await readFile(await (await download).path(), "utf8");
  const [header, first, second, third] = text.slice(1).split("\r\n");
  expect(header).toBe("No,Text,Phone,answer,outcome,error,run");
  expect(first).toMatch(/^1,Ada,0049170,\[Dear Ada\],answered,,/);
  expect(second).toBe('2,,0049171,,"blank, not run",,');
  expect(third).toMatch(/^3,'=1\+1,0049172,\[Dear =1\+1\],answered/);
  // Its runs are folded, and found under their source.
  await page.goto(`/runs?pipeline=${id}`);
  await expect(page.getByText("those of a sheet are left out")).toBeVisible();
  await page.goto(`/runs?pipeline=${id}&source=sheet`);
  await expect(page.getByRole("row", { name: /Ada/ })).toBeVisible();
});
