import type { Page } from "@playwright/test";
import { call } from "./fixtures/call";
import { create, node, place, wire } from "./fixtures/letters";
import { expect, test } from "./fixtures/test";

const content = (user: string) => ({ system: "", user });

/** An address that follows a protected label, behind a gate that wants the letter itself as the answer. */
const followed = async (page: Page, stamp: string) => {
  const slug = `letters-${stamp}`;
  const { id: promptId } = await call(page, "prompt.create", {
    name: `Letters ${stamp}`,
    kind: "text",
    content: content("Dear customer: {{letter}}"),
  });
  const pipelineId = await create(page, `Letters ${stamp}`, {
    schemaVersion: 1,
    nodes: [
      node("in", "io/input", { fields: [{ name: "letter", title: "Letter", maxLength: 1000 }] }),
      node("fill", "text/template", { prompt: { reference: promptId, label: "production" } }),
      node("out", "io/output", { outputs: [{ name: "answer", title: "Answer" }] }),
    ],
    edges: [wire("in.letter", "fill.letter"), wire("fill.text", "out.answer")],
    layout: place(["in", "fill", "out"]),
  });
  const { id: datasetId } = await call(page, "dataset.create", {
    name: `Letters ${stamp}`,
    columns: [
      { name: "letter", role: "input" },
      { name: "answer", role: "expected" },
    ],
  });
  const rows = Array.from({ length: 40 }, (_, at) => ({
    inputs: { letter: `l${at}` },
    expected: { answer: `l${at}` },
  }));
  await call(page, "dataset.addRows", { id: datasetId, rows });
  const { id } = await call(page, "deployment.publish", { pipelineId, revision: 1, slug });
  await call(page, "deployment.setFollow", { id, follows: true });
  await call(page, "gate.set", {
    pipelineId,
    datasetId,
    spec: {
      scorers: [{ id: "same", type: "text/exact" }],
      requirements: [{ metric: "same.match", margin: null, floor: 0.5 }],
    },
  });
  await call(page, "prompt.protectLabel", { id: promptId, name: "production", protected: true });
  await call(page, "proposal.setOpen", { pipelineId, fields: [{ node: "fill", field: "template" }] });
  const { key } = await call(page, "apiKey.create", { name: slug, deploymentIds: [String(id)] });
  const ask = async (letter: string): Promise<string> => {
    const answer = await page.request.post(`/api/v1/pipelines/${slug}/runs`, {
      headers: { authorization: `Bearer ${String(key)}` },
      data: { inputs: { letter } },
    });
    return (await answer.json()).outputs.answer;
  };
  return { promptId: String(promptId), slug, ask };
};

/** Writes new words, tries them and proposes them: from the open page of a wrong answer. */
const propose = async (page: Page, words: string, expected: string) => {
  await page.getByLabel("Template · Template").fill(words);
  await page.getByTestId("try-cases").click();
  await expect(page.getByTestId("answer-before").first()).toContainText("Dear customer: parcel");
  await expect(page.getByTestId("answer-after").first()).toContainText(expected);
  await page.getByTestId("propose").click();
  await page.getByRole("dialog").getByLabel("Why").fill(`So that it says ${expected}`);
  await page.getByRole("dialog").getByRole("button", { name: "Propose" }).click();
  await expect(page.getByTestId("proposal-state")).toHaveText("Waiting");
};

test("a wrong answer becomes a proposal; accepted, its label takes what is live along through the gate; one that fails stays", async ({
  page,
}) => {
  const stamp = Date.now().toString(36);
  const { promptId, slug, ask } = await followed(page, stamp);
  expect(await ask("parcel")).toBe("Dear customer: parcel");

  await page.goto("/runs");
  const wrong = page.getByRole("row").filter({ hasText: `Letters ${stamp}` });
  await wrong.getByRole("link", { name: "This answer is wrong: propose a change" }).click();
  await expect(page.getByTestId("tried-case").first()).toContainText("Dear customer: parcel");
  await propose(page, "{{letter}}!", "parcel!");
  await expect(page.getByTestId("proposal-gate")).toHaveText("Not passed");
  await expect(page.getByTestId("accept")).toBeDisabled();
  await expect(page.getByTestId("hindrance")).toContainText("gates of what follows it are not passed");
  expect(await ask("parcel")).toBe("Dear customer: parcel");

  await page.goto("/runs");
  await wrong.getByRole("link", { name: "This answer is wrong: propose a change" }).last().click();
  await propose(page, "{{letter}}", "parcel");
  await expect(page.getByTestId("proposal-gate")).toHaveText("Passed");
  await page.getByTestId("accept").click();
  await expect(page.getByTestId("proposal-state")).toHaveText("Accepted");
  expect(await ask("parcel")).toBe("parcel");

  await page.goto(`/prompts/${promptId}`);
  await page.getByRole("tab", { name: "Used by" }).click();
  await expect(page.getByRole("tabpanel")).toContainText(slug);
  await page.getByRole("tab", { name: "Labels" }).click();
  await expect(page.getByRole("tabpanel")).toContainText("Version 3");
});
