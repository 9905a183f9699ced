import { expect, it } from "vitest";
import { scorers } from "./catalog";
import { describeScorers } from "./describe-scorers";

// After a change of a scorer: npx vitest run runtime/eval/scorers/describe-scorers.test.ts --update
it.each([
  ["en", "docs/scorers.md"],
  ["zh", "docs/scorers.zh.md"],
] as const)("the page about scorers is what the docs say in %s", async (locale, file) => {
  await expect(describeScorers(scorers, locale)).toMatchFileSnapshot(`../../../${file}`);
});
