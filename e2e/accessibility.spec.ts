import AxeBuilder from "@axe-core/playwright";
import { pages } from "@/components/shell/pages";
import { expect, settled, test } from "./fixtures/test";

const paths = [
  ...pages.map(({ href }) => href),
  "/evaluation/datasets",
  "/evaluation/datasets/new",
  "/evaluation/experiments/new",
  "/registry/train",
  "/registry/advisor",
  "/settings/audit",
];

// Every test fails on what the content security policy stops, so these visits prove that of the pages too.
test("axe finds nothing on the pages in either theme", async ({ page }) => {
  test.setTimeout(180_000);
  for (const path of paths) {
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(path);
    await settled(page);
    const found: string[] = [];
    const look = async (axe: AxeBuilder, theme: string) => {
      const { violations } = await axe.analyze();
      found.push(
        ...violations.flatMap(({ id, nodes }) =>
          nodes.map(({ target }) => `${path} ${theme} ${id} ${target.join(" ")}`),
        ),
      );
    };
    await look(new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa"]), "light");
    // The dark theme is the same page in other colours.
    await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
    await expect(page.locator("html")).toHaveClass(/dark/);
    await look(new AxeBuilder({ page }).withRules(["color-contrast"]), "dark");
    expect(found).toEqual([]);
  }
});
