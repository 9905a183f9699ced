// Whether a second start of the same experiment says what the first one said: through the whole product, on the embedded database, with a fake model server
// that refuses every fourth call. Three experiments take turns: one whose answers fail, one of copies, and one that drops losers.
//   node --import tsx bench/second-starts.ts [--starts 1000] [--rows 40]
// Counted is how many second starts change a sentence of the page in either language, or ask a model for anything. Limit: none.
import { parseArgs } from "node:util";
import type { ExperimentDraft } from "@/runtime/eval/contract/experiment-spec";
import type { Report } from "@/runtime/eval/contract/report";
import { sayNotes } from "@/runtime/eval/say/say-notes";
import { sayVerdict } from "@/runtime/eval/say/say-verdict";
import { startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { insertRows } from "@/server/domain/dataset/insert-rows";
import { startEvaluation } from "@/server/domain/experiment/evaluation-fixture";
import { draftOf } from "@/server/domain/experiment/experiment-fixture";
import { jobWhen } from "@/server/platform/job/job-fixture";

const { values } = parseArgs({
  options: { starts: { type: "string", default: "1000" }, rows: { type: "string", default: "40" } },
});
const [starts, rows] = [Number(values.starts), Number(values.rows)];

const server = await startFakeOpenAiServer({ keepRequests: 100_000 });
const { database, workspace, stop } = await startEvaluation(server.baseUrl, ["echo", "erratic-4"]);
const { api, owner } = workspace;

const variant = (key: string, user: string) => ({
  key,
  label: key.toUpperCase(),
  revision: "draft" as const,
  overrides: [{ nodeId: "ask", config: { user } }],
});
const scorers = [{ id: "same", type: "text/exact", config: {} }];
const failing = await workspace.pipeline("erratic-4");
const sound = await workspace.pipeline("echo");
const plain = await workspace.dataset(rows, "Failing");
const copied = await workspace.dataset(rows, "Copies");
await insertRows(
  database,
  owner.workspaceId,
  copied,
  Array.from({ length: rows }, (_, row) => ({
    inputs: { question: `Question ${row % 5}` },
    expected: { wanted: `Question ${row % 5}` },
  })),
);
const drafts: readonly (readonly [string, ExperimentDraft])[] = [
  ["failures", draftOf({ pipelineId: failing, datasetId: plain, scorers })],
  ["copies", draftOf({ pipelineId: failing, datasetId: copied, scorers })],
  [
    "dropped",
    draftOf({
      pipelineId: sound,
      datasetId: plain,
      scorers,
      dropLosers: true,
      variants: [
        { key: "a", label: "A", revision: "draft", overrides: [] },
        variant("b", "{{question}} please"),
        variant("c", "oh {{question}}"),
      ],
    }),
  ],
];

const told = (report: Report): string =>
  JSON.stringify((["en", "zh"] as const).map((locale) => [sayVerdict(report, locale), ...sayNotes(report, locale)]));
const startOnce = async (draft: ExperimentDraft): Promise<Report> => {
  const { id } = await api.experiment.start({ name: "Again", draft });
  const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  const { status, errorMessage } = await jobWhen(database, jobId ?? "");
  if (status !== "success") throw new Error(`The experiment ended with ${status}: ${errorMessage}`);
  const { report } = await api.experiment.get({ id });
  if (report === null) throw new Error("The experiment has no report.");
  // A thousand experiments of answers are nobody's to keep.
  if (id !== first.get(draft)) await api.experiment.remove({ id }).catch(() => {});
  return report;
};

const first = new Map<ExperimentDraft, string>();
const begun = performance.now();
const said = new Map<ExperimentDraft, string>();
for (const [name, draft] of drafts) {
  const { id } = await api.experiment.start({ name, draft });
  first.set(draft, id);
  const { jobId } = await database.prisma.experiment.findUniqueOrThrow({ where: { id } });
  await jobWhen(database, jobId ?? "");
  const { report } = await api.experiment.get({ id });
  if (report === null) throw new Error("The experiment has no report.");
  said.set(draft, told(report));
  const failures = report.variants.map(({ failures: count }) => count).join(" and ");
  console.log(
    `${name}: ${report.verdict.kind}, ${failures} failed of ${report.cells.done}, ${report.clusters} independent cases`,
  );
}
const before = server.requests.length;
let changed = 0;
for (let start = 0; start < starts; start += 1) {
  const [name, draft] = drafts[start % drafts.length] as (typeof drafts)[number];
  const again = told(await startOnce(draft));
  if (again === said.get(draft)) continue;
  changed += 1;
  if (changed <= 3) console.log(`${name}, start ${start + 2}: ${again}\n  at first: ${said.get(draft)}`);
}
const calls = server.requests.length - before;
const seconds = (performance.now() - begun) / 1000;
console.log(
  `${changed} of ${starts} second starts said something else; ${calls} calls of models; ${(seconds / starts).toFixed(2)} s each.`,
);
await stop();
await server.close();
process.exitCode = changed > 0 || calls > 0 ? 1 : 0;
