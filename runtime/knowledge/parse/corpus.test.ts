import { expect, it } from "vitest";
import { figuresByFormat, readCorpus } from "@/runtime/testing/read-corpus";

/** Of what the documents say, at least so much is found, in percent. It may rise, and does not fall. */
const floor = { csv: 100, docx: 100, htm: 100, md: 100, pdf: 100, xlsx: 100 } as const;

it("finds again what documents say that were made by the tools people use", { timeout: 120_000 }, async () => {
  const results = await readCorpus();
  expect(results.length).toBeGreaterThanOrEqual(60);
  const figures = figuresByFormat(results);
  expect([...figures.keys()].sort()).toEqual(Object.keys(floor));
  for (const [format, least] of Object.entries(floor)) {
    const { facts = 0, found = 0 } = figures.get(format) ?? {};
    const lost = results
      .filter((result) => result.format === format)
      .flatMap(({ name, lost: one }) => one.map((fact) => `${name}: ${fact}`));
    expect((found / facts) * 100, lost.join("\n")).toBeGreaterThanOrEqual(least);
  }
});
