import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "./fixtures/test";

const pages = [
  "/",
  "/pipelines",
  "/gallery",
  "/runs",
  "/knowledge",
  "/registry",
  "/registry/train",
  "/registry/advisor",
  "/models",
  "/deployments",
  "/settings",
];

for (const theme of ["light", "dark"] as const)
  test(`axe finds nothing on the pages in the ${theme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
    await page.addInitScript((chosen) => localStorage.setItem("theme", chosen), theme);
    for (const path of pages) {
      await page.goto(path);
      await expect(page.locator("main").first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      const axe = new AxeBuilder({ page });
      // The dark theme is the same page in other colours.
      const rules = theme === "light" ? axe.withTags(["wcag2a", "wcag2aa"]) : axe.withRules(["color-contrast"]);
      const { violations } = await rules.analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target }) => `${path} ${id} ${target.join(" ")}`),
      );
      expect(found).toEqual([]);
    }
  });
