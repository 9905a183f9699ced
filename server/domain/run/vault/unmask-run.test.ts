import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import { answerRun } from "@/server/api/http/published/answer-run";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { guardRoute } from "@/server/platform/route/route";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

let database: Database;
beforeAll(async () => {
  process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
  database = await openTestDatabase();
});
afterAll(async () => {
  await liveRunsOf(database).settled();
  await database.close();
});

const node = (id: string, type: string, config: GraphNode["config"] = {}): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
});
const wire = (from: string, to: string) => {
  const [[node = "", port = ""], [toNode = "", toPort = ""]] = [from.split("."), to.split(".")];
  return { id: `${from} > ${to}`, from: { node, port }, to: { node: toNode, port: toPort } };
};
/** Masks, writes a letter with the masks, and puts back what they stand for. */
const document: GraphDocument = {
  schemaVersion: 1,
  nodes: [
    node("ask", "io/input", { fields: [{ name: "q" }] }),
    node("check", "safety/check", { checkToxicity: false }),
    node("letter", "text/template", { template: "Dear customer: {{text}}" }),
    node("restore", "safety/restore"),
    node("answer", "io/output", { outputs: [{ name: "letter" }, { name: "masked" }] }),
  ],
  edges: [
    wire("ask.q", "check.text"),
    wire("check.pass", "letter.text"),
    wire("letter.text", "restore.text"),
    wire("check.sealed", "restore.sealed"),
    wire("restore.text", "answer.letter"),
    wire("letter.text", "answer.masked"),
  ],
  layout: {},
};
const masked = "Dear customer: write to [EMAIL_1]";
const open = "Dear customer: write to ada@example.com";
const inputs = { q: "write to ada@example.com" };

const workspace = async () => {
  const owner = await addMember(database, "owner");
  const api = callerOf(database, owner);
  const { id } = await api.pipeline.create({ name: "Masked", document });
  const audit = () =>
    database.prisma.auditEntry.findMany({ where: { workspaceId: owner.workspaceId, action: "vault.open" } });
  return { owner, api, id, audit };
};

it("a run from the editor puts personal data back, and the audit log says who did it", async () => {
  const { api, id, owner, audit } = await workspace();
  const { runId } = await api.run.start({ pipelineId: id, revision: 1, inputs });
  await liveRunsOf(database).settled();
  const log = await readRunLog(database, runId);
  const ends = log.flatMap((event) => (event.type === "node-end" ? [event] : []));
  expect(ends.find(({ path }) => path[0] === "restore")).toMatchObject({ outputs: { text: open, restored: true } });
  const checked = ends.find(({ path }) => path[0] === "check");
  expect(JSON.stringify(checked)).not.toContain("ada@example.com");
  expect(await audit()).toMatchObject([{ userId: owner.userId, subject: `run:${runId}` }]);
});

it("a published run puts it back for a key with the right alone", async () => {
  const { api, id, audit } = await workspace();
  const { slug } = await api.deployment.suggestSlug({ pipelineId: id });
  await api.deployment.publish({ pipelineId: id, revision: 1, slug });
  const post = guardRoute({ auth: "api-key" }, answerRun, async () => database);
  const call = async (key: string) => {
    const request = new Request(`http://x/api/v1/pipelines/${slug}/runs`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify({ inputs }),
    });
    return (await (await post(request, { params: Promise.resolve({ slug }) })).json()) as Record<string, unknown>;
  };
  const plain = await api.apiKey.create({ name: "Plain" });
  expect(await call(plain.key)).toMatchObject({ outputs: { letter: masked, masked } });
  expect(await audit()).toEqual([]);
  const trusted = await api.apiKey.create({ name: "Trusted", mayUnmask: true });
  expect(await call(trusted.key)).toMatchObject({ outputs: { letter: open, masked } });
  expect(await audit()).toMatchObject([{ userId: null, data: { apiKeyId: trusted.id } }]);
});
