import { describe, expect, it } from "vitest";
import { emptyContent, promptContent, unusedVariables } from "@/nodes/lib/prompt/prompt-content";
import { promptSlug } from "@/nodes/lib/prompt/prompt-name";
import { checkQuality } from "@/nodes/lib/prompt/quality/check-quality";
import { templateVariables } from "@/nodes/lib/template";
import type { Starter } from "./starter";
import { starters } from "./starters";

const all = starters.flatMap((starter) =>
  (["en", "zh"] as const).map((locale) => [starter.key, locale, starter] as const),
);
const contentOf = ({ settings, text }: Starter, locale: "en" | "zh") => {
  const { system, user, examples = [], variables = {} } = text[locale];
  return promptContent.parse({
    ...emptyContent,
    system,
    user,
    examples,
    variables: Object.entries(variables).map(([name, description]) => ({ name, description })),
    settings: settings ?? {},
  });
};

it("each has a key of its own that is a short name", () => {
  expect(new Set(starters.map(({ key }) => key)).size).toBe(starters.length);
  for (const { key } of starters) expect(promptSlug.safeParse(key).success).toBe(true);
});

describe.each(all)("%s in %s", (_, locale, starter) => {
  const content = contentOf(starter, locale);
  const text = starter.text[locale];

  it("describes just the variables that it uses, the same in both languages", () => {
    expect(unusedVariables(content)).toEqual([]);
    const used = templateVariables(text.system, text.user).map(({ name }) => name);
    expect(content.variables.map(({ name }) => name).sort()).toEqual(used.sort());
    const other = starter.text[locale === "en" ? "zh" : "en"];
    expect(
      templateVariables(other.system, other.user)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(used);
  });

  it("has a few cases with a value for each variable", () => {
    expect(text.tests.length).toBeGreaterThanOrEqual(3);
    if (starter.kind === "rubric") return;
    for (const { inputs } of text.tests)
      expect(Object.keys(inputs).sort()).toEqual(content.variables.map(({ name }) => name).sort());
  });

  it("stands up to the check: nothing costs it more than the examples that it does without", () => {
    const { findings } = checkQuality(starter.kind, content);
    expect(findings.filter(({ code }) => !["no-examples", "one-example", "no-length"].includes(code))).toEqual([]);
  });
});
