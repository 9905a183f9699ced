import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { describeCatalog } from "./describe-catalog";

describe("describeCatalog", () => {
  // After a change of a node: npx vitest run nodes/lib/describe-catalog.test.ts --update
  it.each([
    ["en", "docs/nodes.md"],
    ["zh", "docs/nodes.zh.md"],
  ] as const)("is what the docs say in %s", async (locale, file) => {
    await expect(describeCatalog(catalog, locale)).toMatchFileSnapshot(`../../${file}`);
  });

  it("names every node", () => {
    const text = describeCatalog(catalog, "en");
    for (const { type, title } of catalog.nodes) expect(text).toContain(`### ${title.en} · \`${type}\``);
  });
});
