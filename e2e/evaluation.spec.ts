import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Page } from "@playwright/test";
import { startKeywordModel } from "./fixtures/keyword-model";
import { expect, test } from "./fixtures/test";

/** A head is trained and a few hundred answers are given and scored meanwhile. */
const worked = { timeout: 120_000 };
test.setTimeout(300_000);

const call = async (page: Page, procedure: string, input: unknown, kind: "query" | "mutation" = "mutation") => {
  const origin = new URL(test.info().project.use.baseURL ?? "").origin;
  const answer =
    kind === "mutation"
      ? await page.request.post(`/api/trpc/${procedure}`, { data: { json: input }, headers: { origin } })
      : await page.request.get(`/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: input }))}`);
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).result.data.json;
};

interface Node {
  readonly id: string;
  readonly config: object;
}
/** The draft with other settings of one step; gives the new revision. */
const change = async (page: Page, pipelineId: string, nodeId: string, config: object): Promise<number> => {
  const { document, revision } = await call(page, "pipeline.get", { id: pipelineId }, "query");
  const nodes = document.nodes.map((node: Node) =>
    node.id === nodeId ? { ...node, config: { ...node.config, ...config } } : node,
  );
  const saved = await call(page, "pipeline.save", {
    id: pipelineId,
    baseRevision: revision,
    document: { ...document, nodes },
  });
  return saved.revision;
};

const gateOnTheCommandLine = (origin: string, key: string, pipeline: string, junit: string) =>
  new Promise<{ readonly code: number; readonly out: string }>((resolve) => {
    const parameters = [
      "scripts/pipewright.mjs",
      "eval",
      "--gate",
      "--url",
      origin,
      "--pipeline",
      pipeline,
      "--junit",
      junit,
    ];
    execFile(process.execPath, parameters, { env: { ...process.env, PIPEWRIGHT_API_KEY: key } }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out: out + err }),
    );
  });

test("a table becomes cases, two prompts and a trained head are compared on them, the winner ships through a gate, and a worse version is stopped by it", async ({
  page,
  baseURL,
}) => {
  const model = await startKeywordModel();
  const slug = `keywords-${Date.now().toString(36)}`;
  const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-evaluation-"));
  try {
    const endpoint = {
      name: slug,
      slug,
      replicas: [{ baseUrl: model.baseUrl }],
      models: [{ name: "keywords", inputUsdPerM: 1, outputUsdPerM: 2 }],
    };
    await call(page, "endpoint.create", endpoint);
    await page.goto("/gallery");
    await page.getByRole("button", { name: "Open “Compare ways to sort complaints” as a new pipeline" }).click();
    await expect(page.getByTestId("canvas")).toBeVisible();
    await expect(page).not.toHaveURL(/preparing/, worked);
    const pipelineId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const revision = await change(page, pipelineId, "prompt", { model: `${slug}/keywords` });
    await call(page, "deployment.publish", { pipelineId, revision, slug });

    // A table of complaints becomes a dataset.
    await page.goto("/evaluation/datasets");
    await page.getByRole("link", { name: "New dataset" }).first().click();
    await page.locator('input[type="file"]').setInputFiles("templates/assets/complaint-cases.en.csv");
    await expect(page.getByRole("combobox", { name: "department becomes" })).toHaveText("Expected");
    await expect(page.getByRole("combobox", { name: "tags becomes" })).toHaveText("Tags");
    const dataset = `Complaints ${slug}`;
    await page.getByRole("textbox", { name: "Name", exact: true }).fill(dataset);
    await page.getByRole("button", { name: "Take 80 rows" }).click();
    await expect(page.getByRole("heading", { name: dataset })).toBeVisible();
    await expect(page.getByText("The courier lost my package")).toBeVisible();
    const datasetId = new URL(page.url()).pathname.split("/").at(-1) ?? "";

    // The variants that the steps hold are proposed; what it takes and would show is said before it starts.
    await page.goto(`/evaluation/experiments/new?pipeline=${pipelineId}&dataset=${datasetId}`);
    await expect(page.getByRole("textbox", { name: "Name of variant B" })).toHaveValue("Trained classifier");
    await expect(page.getByText("240 on 80 cases")).toBeVisible();
    await page.getByRole("button", { name: "Start the experiment" }).click();
    const verdict = page.getByTestId("verdict");
    await expect(verdict).toHaveText(/^Trained classifier is better on accuracy: \+\d+.*interval.*80 cases/, worked);
    await expect(page.getByRole("heading", { name: "By kind of case" })).toBeVisible();

    // A case that changed leads to the run that answered it.
    await page.getByRole("button", { name: "Look at them" }).click();
    await page
      .getByRole("button", { name: /^Open case / })
      .first()
      .click();
    await page.getByRole("link", { name: "Open the trace" }).first().click();
    await expect(page).toHaveURL(/\/runs\//);
    await expect(page.getByText("Succeeded").first()).toBeVisible();
    await page.goBack();

    // Put into the draft, the winner meets the gate.
    await page.getByRole("button", { name: "Ship a variant" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Put it into the draft" }).click();
    const publish = page.getByRole("dialog", { name: "Publish" });
    await publish.getByRole("button", { name: "Require a gate" }).click();
    const gate = page.getByRole("dialog", { name: "Gate" });
    await gate.getByRole("combobox", { name: "Dataset" }).click();
    await page.getByRole("option", { name: dataset }).click();
    await gate.getByRole("button", { name: "Add a requirement" }).click();
    await gate.getByRole("combobox", { name: "Scorer 2" }).click();
    await page.getByRole("option", { name: "Matches a pattern" }).click();
    await gate.getByRole("button", { name: "Settings of scorer 2" }).click();
    await gate.getByRole("textbox", { name: "Pattern" }).fill("^[a-z ]+$");
    // That it is not worse, too few cases could show; how good it is, they can.
    await gate
      .getByRole("textbox", { name: /^Not worse than live/ })
      .nth(1)
      .fill("");
    await gate
      .getByRole("textbox", { name: /^At least/ })
      .nth(1)
      .fill("90");
    await gate.getByRole("button", { name: "Save the gate" }).click();
    await expect(publish.getByTestId("publish-submit")).toBeDisabled();
    await publish.getByTestId("gate-check").click();
    await expect(publish.getByTestId("gate-state")).toHaveText("Passed", worked);
    await expect(publish.getByText("Who answers: shares")).toBeVisible();
    await expect(publish.getByText("Matches: at least 90 %")).toBeVisible();
    await publish.getByTestId("publish-submit").click();
    await expect(publish.getByText("This is what is live")).toBeVisible();

    // A worse version is stopped there, and on the command line.
    await change(page, pipelineId, "route", {
      shares: [
        { name: "prompt", share: 100 },
        { name: "trained", share: 0 },
      ],
    });
    await page.goto(`/pipelines/${pipelineId}?publish=1`);
    await publish.getByTestId("gate-check").click();
    await expect(publish.getByTestId("gate-state")).toHaveText("Not passed", worked);
    await expect(publish.getByTestId("publish-submit")).toBeDisabled();
    await expect(publish.getByText("The gate is closed: this version has not passed.")).toBeVisible();
    const { key } = await call(page, "apiKey.create", { name: slug, mayEvaluate: true });
    const junit = path.join(folder, "gate.xml");
    const stopped = await gateOnTheCommandLine(baseURL ?? "", key, slug, junit);
    expect(stopped).toMatchObject({ code: 1, out: expect.stringContaining("The gate is not passed.") });
    expect(await readFile(junit, "utf8")).toContain('failures="1"');
    await change(page, pipelineId, "route", {
      shares: [
        { name: "prompt", share: 0 },
        { name: "trained", share: 100 },
      ],
    });
    expect(await gateOnTheCommandLine(baseURL ?? "", key, slug, junit)).toMatchObject({ code: 0 });
  } finally {
    const endpoints = await call(page, "endpoint.list", {}, "query");
    const own = (endpoints.items ?? endpoints).find((each: { slug: string }) => each.slug === slug);
    if (own) await call(page, "endpoint.remove", { id: own.id });
    await model.close();
    await rm(folder, { recursive: true, force: true });
  }
});

interface Shown {
  readonly at: number;
  readonly answers: readonly [string];
}

test("a judge is refused while people contradict it, accepted once they agree, and its verdict is corrected by their labels", async ({
  page,
}) => {
  const model = await startKeywordModel();
  const slug = `judge-${Date.now().toString(36)}`;
  await call(page, "endpoint.create", {
    name: slug,
    slug,
    replicas: [{ baseUrl: model.baseUrl }],
    models: [{ name: "keywords", inputUsdPerM: 1, outputUsdPerM: 2 }],
  });
  try {
    const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config, disabled: false });
    const pipeline = await call(page, "pipeline.create", {
      name: slug,
      document: {
        schemaVersion: 1,
        nodes: [
          node("in", "io/input", { fields: [{ name: "text", maxLength: 200 }] }),
          node("say", "text/template", { template: "{{text}}" }),
          node("out", "io/output", { outputs: [{ name: "answer" }] }),
        ],
        edges: [
          { id: "a", from: { node: "in", port: "text" }, to: { node: "say", port: "text" } },
          { id: "b", from: { node: "say", port: "text" }, to: { node: "out", port: "answer" } },
        ],
        layout: {},
      },
    });
    const dataset = await call(page, "dataset.create", { name: slug, columns: [{ name: "text", role: "input" }] });
    const texts = Array.from({ length: 60 }, (_, row) => `${row % 2 === 0 ? "good" : "poor"} answer ${row}`);
    await call(page, "dataset.addRows", { id: dataset.id, rows: texts.map((text) => ({ inputs: { text } })) });
    const polite = { nodeId: "say", config: { template: "{{text}}, please" } };
    const draft = {
      pipelineId: pipeline.id,
      datasetId: dataset.id,
      variants: [
        { key: "a", label: "Plain", revision: "draft" },
        { key: "b", label: "Polite", revision: "draft", overrides: [polite] },
      ],
      baseline: "a",
      scorers: [{ id: "judge", type: "judge/rubric", config: { model: `${slug}/keywords` } }],
      primary: "judge.grade",
    };
    const { id } = await call(page, "experiment.start", { name: slug, draft });
    await page.goto(`/evaluation/experiments/${id}`);
    await expect(page.getByText("does not count", { exact: true })).toBeVisible(worked);

    const review = { id, scorerId: "judge" };
    const shown: Shown[] = [];
    const label = (each: Shown, said: string) => call(page, "review.answer", { ...review, at: each.at, said });
    const isGood = ({ answers: [text] }: Shown) => text.includes("good");
    // People see it the other way round.
    while (shown.length < 40) {
      const { items } = await call(page, "review.queue", review, "query");
      for (const each of items as Shown[]) {
        shown.push(each);
        await label(each, isGood(each) ? "2" : "4");
      }
    }
    await page.goto(`/evaluation/experiments/${id}?tab=judges`);
    const judge = page.getByRole("region", { name: "Judged by a model" });
    await expect(judge.getByText(/^It may count once the lower bound is above 0.20/)).toBeVisible();
    await expect(judge.getByRole("button", { name: "Let it count" })).toBeDisabled();

    // They agree after all, but for what it gives to politeness.
    for (const [place, each] of shown.entries()) {
      const off = place % 10 === 0 ? 1 : 0;
      await label(each, String((isGood(each) ? 4 : 2) + off));
    }
    await page.reload();
    await judge.getByRole("button", { name: "Let it count" }).click();
    await expect(judge.getByText("Counts", { exact: true })).toBeVisible();
    await expect(judge.getByText("Polite, against people")).toBeVisible();
    await page.getByRole("tab", { name: "Result" }).click();
    await expect(page.getByText("Judge corrected").first()).toBeVisible();
    // Alone it would have said "better by 25 points".
    await expect(page.getByTestId("verdict")).not.toHaveText(/better/);
  } finally {
    const endpoints = await call(page, "endpoint.list", {}, "query");
    const own = (endpoints.items ?? endpoints).find((each: { slug: string }) => each.slug === slug);
    if (own) await call(page, "endpoint.remove", { id: own.id });
    await model.close();
  }
});
