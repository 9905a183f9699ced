import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { experimentDraft } from "@/runtime/eval/contract/experiment-spec";
import type { Report } from "@/runtime/eval/contract/report";
import { sayNotes } from "@/runtime/eval/say/say-notes";
import { sayVerdict } from "@/runtime/eval/say/say-verdict";
import { verifyReport } from "@/runtime/eval/verify/verify-report";
import type { GraphDocument } from "@/runtime/graph/document";
import { makeDataset } from "@/server/domain/dataset/create-dataset";
import { insertRows } from "@/server/domain/dataset/insert-rows";
import { jobWhen } from "@/server/platform/job/job-fixture";
import type { Evaluation } from "./evaluation-fixture";
import { verifiablePieces } from "./export-verifiable";

const names = ["a", "b", "c"] as const;
/** What each variant says to a row, what is expected, and what the row belongs to. */
export type Case = Readonly<Record<(typeof names)[number] | "wanted", string>> & {
  readonly group?: string;
  readonly tags?: readonly string[];
  readonly weight?: number;
};

const node = (id: string, type: string, config: object) =>
  ({ id, type, typeVersion: 1, config, disabled: false }) as never;
/** Each variant answers with the column of its name: what was said is decided row by row. */
const document: GraphDocument = {
  schemaVersion: 1,
  nodes: [
    node("in", "io/input", { fields: names.map((name) => ({ name, maxLength: 20_000 })) }),
    node("ask", "prompt/chat", { model: "fake/echo", system: "{{a}}{{b}}{{c}}", user: "{{a}}" }),
    node("out", "io/output", { outputs: [{ name: "answer" }] }),
  ],
  edges: [
    ...names.map((name) => ({ id: name, from: { node: "in", port: name }, to: { node: "ask", port: name } })),
    { id: "x", from: { node: "ask", port: "text" }, to: { node: "out", port: "answer" } },
  ],
  layout: {},
};

/** For tests: an export of an experiment, after it was found that its numbers follow from its cells. */
export const verified = async ({ database, workspace }: Evaluation, id: string): Promise<string> => {
  const pieces = await verifiablePieces(database, workspace.owner.workspaceId, { id, name: "Replayed" });
  const text = [...(pieces ?? [])].join("");
  expect(verifyReport(text)).toMatchObject({ ok: true, problems: [] });
  return text;
};

/** For tests: a pipeline whose variants say what the rows tell them to, and experiments with it that go through the whole product. Each report is verified from its export. */
export const openReplay = async (evaluation: Evaluation, rows: readonly Case[]) => {
  const { database, workspace } = evaluation;
  const { workspaceId } = workspace.owner;
  const dataset = await makeDataset(database, workspaceId, {
    name: randomBytes(6).toString("hex"),
    columns: [
      ...names.map((name) => ({ name, role: "input" as const, kind: "text" as const })),
      { name: "wanted", role: "expected", kind: "text" },
    ],
  });
  const add = (more: readonly Case[]) =>
    insertRows(
      database,
      workspaceId,
      dataset.id,
      more.map(({ wanted, group = null, tags = [], weight = 1, ...inputs }) => ({
        inputs,
        expected: { wanted },
        tags: [...tags],
        group,
        weight,
      })),
    );
  await add(rows);
  const { id: pipelineId } = await workspace.api.pipeline.create({ name: "Replayed", document });
  const begin = async (given: object = {}, keys: readonly string[] = ["a", "b"]) => {
    const draft = experimentDraft.parse({
      pipelineId,
      datasetId: dataset.id,
      variants: keys.map((key) => ({
        key,
        label: key.toUpperCase(),
        revision: "draft",
        overrides: key === "a" ? [] : [{ nodeId: "ask", config: { user: `{{${key}}}` } }],
      })),
      baseline: "a",
      scorers: [
        { id: "labels", type: "label/accuracy" },
        { id: "time", type: "run/latency" },
      ],
      primary: "labels.accuracy",
      ...given,
    });
    const { id } = await workspace.api.experiment.start({ name: "Replayed", draft });
    const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
    await jobWhen(database, jobId ?? "");
    return id;
  };
  const reportOf = async (id: string): Promise<Report> => {
    await verified(evaluation, id);
    const { report } = await workspace.api.experiment.get({ id });
    return report as Report;
  };
  const start = async (given?: object, keys?: readonly string[]) => reportOf(await begin(given, keys));
  return { add, begin, reportOf, start };
};

/** What the page says, in both languages. */
export const told = (report: Report) =>
  (["en", "zh"] as const).map((locale) => [sayVerdict(report, locale), ...sayNotes(report, locale)].join(" "));

/** So many rows; `of` says for which a variant is right. */
export const rowsOf = (count: number, of: (row: number) => readonly [boolean, boolean, boolean?], from = 0): Case[] =>
  Array.from({ length: count }, (_, place) => {
    const row = from + place;
    const [a, b, c = false] = of(row);
    const wanted = row % 2 ? `yes ${row}` : `no ${row}`;
    const say = (right: boolean, name: string) => (right ? wanted : `${name} does not know ${row}`);
    return { a: say(a, "a"), b: say(b, "b"), c: say(c, "c"), wanted };
  });
