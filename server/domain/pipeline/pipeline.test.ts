import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { emptyDocument, type GraphDocument, graphLimits } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import type { FileReference } from "@/runtime/node/file-reference";
import { findDeployment } from "@/server/domain/deployment/find-deployment";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { findTemplate, templates } from "@/templates/index";
import { withSupplies } from "@/templates/lib/supplies";
import { copyName } from "./duplicate-pipeline";
import { pipelineLimits } from "./pipeline.types";

const node = (id: string, config: GraphDocument["nodes"][number]["config"] = {}): GraphDocument["nodes"][number] => ({
  id,
  type: "text/template",
  typeVersion: 1,
  config,
  disabled: false,
});

const twoNodes: GraphDocument = {
  schemaVersion: 1,
  nodes: [node("a"), node("b")],
  edges: [{ id: "e", from: { node: "a", port: "text" }, to: { node: "b", port: "text" } }],
  layout: { a: { x: 10, y: -20.5 } },
};

const refusalOf = async (call: Promise<unknown>): Promise<ApplicationError> => {
  const refused = await call.then(
    () => null,
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(ApplicationError);
  return refused as ApplicationError;
};

let database: Database;
let member: Member;
let api: ReturnType<typeof callerOf>;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  member = await addMember(database, "editor");
  api = callerOf(database, member);
});

describe("saving", () => {
  it("raises the revision and keeps the document", async () => {
    const { id } = await api.pipeline.create({ name: "Draft" });
    const saved = await api.pipeline.save({ id, baseRevision: 1, document: twoNodes });
    expect(saved).toMatchObject({ revision: 2, graphHash: graphHash(twoNodes) });
    expect(await api.pipeline.get({ id })).toMatchObject({
      revision: 2,
      document: twoNodes,
      updatedAt: saved.updatedAt,
    });
  });

  it("refuses a save on an older revision, says what is stored now, and loses nothing", async () => {
    const { id } = await api.pipeline.create({ name: "Draft" });
    const first = await api.pipeline.save({ id, baseRevision: 1, document: twoNodes });
    const refused = await refusalOf(api.pipeline.save({ id, baseRevision: 1, document: emptyDocument }));
    expect(refused.code).toBe("CONFLICT");
    expect(refused.details).toMatchObject({
      reason: "stale-revision",
      conflict: { revision: 2, updatedAt: first.updatedAt },
    });
    expect((await api.pipeline.get({ id })).document).toEqual(twoNodes);
  });

  it("refuses a revision that is still to come", async () => {
    const { id } = await api.pipeline.create({ name: "Draft" });
    expect((await refusalOf(api.pipeline.save({ id, baseRevision: 7, document: twoNodes }))).code).toBe("CONFLICT");
  });

  it("lets exactly one of many saves at once win, round after round", async () => {
    const { id } = await api.pipeline.create({ name: "Draft" });
    for (let baseRevision = 1; baseRevision <= 5; baseRevision += 1) {
      const saves = await Promise.allSettled(
        Array.from({ length: 12 }, (_, writer) =>
          api.pipeline.save({ id, baseRevision, document: { ...emptyDocument, nodes: [node(`writer-${writer}`)] } }),
        ),
      );
      const won = saves.flatMap((save, writer) => (save.status === "fulfilled" ? [writer] : []));
      expect(won).toHaveLength(1);
      for (const save of saves) {
        if (save.status === "rejected") expect(save.reason).toMatchObject({ details: { reason: "stale-revision" } });
      }
      const stored = await api.pipeline.get({ id });
      expect(stored.revision).toBe(baseRevision + 1);
      expect(stored.document.nodes[0]?.id).toBe(`writer-${won[0]}`);
    }
  });

  it("keeps a draft that would not run", async () => {
    const { id } = await api.pipeline.create({ name: "Draft" });
    const broken: GraphDocument = {
      ...emptyDocument,
      nodes: [{ ...node("a"), type: "no/such-node", typeVersion: 99 }],
      edges: [{ id: "e", from: { node: "a", port: "x" }, to: { node: "gone", port: "y" } }],
    };
    await api.pipeline.save({ id, baseRevision: 1, document: broken });
    expect((await api.pipeline.get({ id })).document).toEqual(broken);
  });

  it.each([
    ["no document", undefined],
    ["a text", "{}"],
    ["a list", []],
    ["an unknown format", { ...emptyDocument, schemaVersion: 2 }],
    ["a field that no document has", { ...emptyDocument, script: "alert(1)" }],
    [
      "more nodes than allowed",
      { ...emptyDocument, nodes: Array.from({ length: graphLimits.nodes + 1 }, (_, i) => node(`n${i}`)) },
    ],
    ["a NUL character", { ...emptyDocument, nodes: [node("a", { text: "a\u0000b" })] }],
    ["half a character pair", { ...emptyDocument, nodes: [node("a", { text: "\ud83d" })] }],
    [
      "nesting without end",
      { ...emptyDocument, nodes: [node("a", { deep: JSON.parse("[".repeat(500) + "]".repeat(500)) })] },
    ],
    ["more bytes than allowed", { ...emptyDocument, nodes: [node("a", { text: "x".repeat(graphLimits.bytes) })] }],
  ])("refuses %s with diagnostics, and what was stored stays", async (_, document) => {
    const { id } = await api.pipeline.create({ name: "Draft", document: twoNodes });
    const refused = await refusalOf(api.pipeline.save({ id, baseRevision: 1, document }));
    expect(refused.code).toBe("BAD_REQUEST");
    expect(refused.details.reason).toBe("document-refused");
    expect(refused.details.diagnostics?.length).toBeGreaterThan(0);
    expect(await api.pipeline.get({ id })).toMatchObject({ revision: 1, document: twoNodes });
  });

  it("keeps hostile text as text", async () => {
    const { id } = await api.pipeline.create({ name: "<img src=x onerror=alert(1)>" });
    const config = { text: '\'; DROP TABLE "Pipeline"; -- {{constructor}} $(1) `1` \\u0000 </script>' };
    const hostile: GraphDocument = { ...emptyDocument, nodes: [node("constructor", config)] };
    await api.pipeline.save({ id, baseRevision: 1, document: hostile });
    expect((await api.pipeline.get({ id })).document).toEqual(hostile);
  });
});

describe("mass assignment", () => {
  it.each(["workspaceId", "revision", "graphHash", "deletedAt", "isPublic", "role", "deployments"])(
    "refuses %s beside the fields of a call",
    async (field) => {
      const { id } = await api.pipeline.create({ name: "Draft" });
      const extra = { [field]: "x" };
      const calls = [
        () => api.pipeline.create({ name: "Other", ...extra }),
        () => api.pipeline.save({ id, baseRevision: 1, document: twoNodes, ...extra }),
        () => api.pipeline.rename({ id, name: "Other", ...extra }),
        () => api.pipeline.saveSampleInputs({ id, inputs: {}, ...extra }),
      ];
      for (const call of calls) await expect(call()).rejects.toMatchObject({ code: "BAD_REQUEST" });
      expect(await api.pipeline.get({ id })).toMatchObject({ name: "Draft", revision: 1 });
    },
  );
});

/** What came into the places of a template's stand-ins, by stand-in. */
const providedFor = (drawn: unknown, opened: unknown, found = new Map<string, unknown>()): Map<string, unknown> => {
  if (typeof drawn === "string" && drawn.startsWith("supply:")) found.set(drawn, opened);
  if (typeof drawn !== "object" || drawn === null) return found;
  for (const [key, part] of Object.entries(drawn))
    providedFor(part, (opened as Record<string, unknown> | null)?.[key], found);
  return found;
};

describe("creating", () => {
  it.each(templates.flatMap((template) => (["en", "zh"] as const).map((locale) => [template.id, locale] as const)))(
    "opens the template %s in %s, with inputs to try it on",
    async (templateId, locale) => {
      const { id } = await api.pipeline.create({ name: "From template", templateId, locale });
      const template = findTemplate(templateId);
      const { document, sampleInputs, ...opened } = await api.pipeline.get({ id });
      expect(opened).toMatchObject({ templateId, revision: 1 });
      const drawn = { document: template?.document(locale), sampleInputs: template?.sampleInputs(locale)[0].inputs };
      const provided = providedFor(drawn, { document, sampleInputs });
      expect({ document, sampleInputs }).toEqual(withSupplies(drawn, provided));
      // What stands there now is the workspace's own.
      for (const [standIn, value] of provided) {
        const [kind, key = ""] = standIn.replace("supply:", "").split("/");
        const supplies = template?.supplies?.(locale);
        if (kind === "files")
          expect(await api.file.get({ id: (value as FileReference).fileId })).toMatchObject({
            name: supplies?.files?.[key]?.name,
          });
        else if (kind === "knowledge")
          expect(await api.knowledge.get({ id: String(value) })).toMatchObject({
            documentCount: supplies?.knowledge?.[key]?.documents.length,
          });
        else expect((await api.tunedModel.list({})).map(({ slug }) => `${slug}@1`)).toContain(value);
      }
    },
  );

  it("knows no template by another name", async () => {
    for (const templateId of ["no-such", "__proto__", "constructor"]) {
      expect((await refusalOf(api.pipeline.create({ name: "x", templateId }))).code).toBe("NOT_FOUND");
    }
  });

  it("takes a template or a document, not both", async () => {
    const both = api.pipeline.create({ name: "x", templateId: templates[0]?.id, document: twoNodes });
    await expect(both).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("stops at the most pipelines that a workspace holds, and so does every other way to get one more", async () => {
    const { id } = await api.pipeline.create({ name: "Last" });
    const { id: removed } = await api.pipeline.create({ name: "Aside" });
    await api.pipeline.remove({ id: removed });
    const row = { workspaceId: member.workspaceId, name: "x", document: emptyDocument, graphHash: "h" };
    await database.prisma.pipeline.createMany({
      data: Array.from({ length: pipelineLimits.pipelines - 1 }, () => row),
    });
    for (const call of [
      () => api.pipeline.create({ name: "One more" }),
      () => api.pipeline.duplicate({ id }),
      () => api.pipeline.restore({ id: removed }),
    ]) {
      expect((await refusalOf(call())).details.reason).toBe("limit-reached");
    }
  });
});

describe("listing", () => {
  it("shows the last change first, page by page, each pipeline once", async () => {
    const names = Array.from({ length: 7 }, (_, index) => `Pipeline ${index}`);
    for (const name of names) await api.pipeline.create({ name });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof api.pipeline.list>> = await api.pipeline.list({ cursor, limit: 3 });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map((item) => item.name));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(names.toReversed());
  });

  it("draws each graph small, with its places", async () => {
    await api.pipeline.create({ name: "Two", document: twoNodes });
    const { items } = await api.pipeline.list({});
    expect(items[0]).toMatchObject({
      nodeCount: 2,
      lastRun: null,
      deployment: null,
      miniature: {
        nodes: [
          { id: "a", type: "text/template", x: 10, y: -20.5 },
          { id: "b", type: "text/template", x: 0, y: 0 },
        ],
        edges: [{ from: "a", to: "b" }],
      },
    });
  });

  it("bounds the picture of a large graph, and counts all of it", async () => {
    const nodes = Array.from({ length: 300 }, (_, index) => node(`n${index}`));
    await api.pipeline.create({ name: "Large", document: { ...emptyDocument, nodes } });
    const { items } = await api.pipeline.list({});
    expect(items[0]?.nodeCount).toBe(300);
    expect(items[0]?.miniature.nodes).toHaveLength(pipelineLimits.miniatureNodes);
  });

  it("finds by name, in any case, and takes % and _ as they are", async () => {
    for (const name of ["Complaint triage", "投诉分类", "100% sure", "a_b", "axb"]) await api.pipeline.create({ name });
    const find = async (query: string) => (await api.pipeline.list({ query })).items.map((item) => item.name);
    expect(await find("TRIAGE")).toEqual(["Complaint triage"]);
    expect(await find("诉分")).toEqual(["投诉分类"]);
    expect(await find("%")).toEqual(["100% sure"]);
    expect(await find("_")).toEqual(["a_b"]);
    expect(await find("' OR 1=1 --")).toEqual([]);
  });

  it("shows the last run and the deployment", async () => {
    const { prisma } = database;
    const { workspaceId } = member;
    const { id } = await api.pipeline.create({ name: "Run" });
    const revision = await prisma.revision.create({
      data: { workspaceId, pipelineId: id, number: 1, graphHash: "h", document: emptyDocument },
    });
    const startedAt = new Date("2026-03-01T10:00:00.123Z");
    for (const [run, status, at] of [
      ["older", "failure", new Date("2026-02-01T10:00:00Z")],
      ["newer", "success", startedAt],
    ] as const) {
      await prisma.run.create({
        data: {
          id: `${id}-${run}`,
          workspaceId,
          pipelineId: id,
          revisionId: revision.id,
          trigger: "editor",
          status,
          startedAt: at,
        },
      });
    }
    await prisma.deployment.create({ data: { workspaceId, pipelineId: id, revisionId: revision.id, slug: `s-${id}` } });
    const { items } = await api.pipeline.list({});
    expect(items[0]?.lastRun).toEqual({ id: `${id}-newer`, status: "success", startedAt, durationMs: null });
    expect(items[0]?.deployment).toEqual({ slug: `s-${id}`, active: true });
    expect((await api.pipeline.get({ id })).deployment).toMatchObject({
      slug: `s-${id}`,
      revisionNumber: 1,
      graphHash: "h",
    });
  });
});

describe("removing and restoring", () => {
  it("hides a pipeline, stops its address, and gives it back whole", async () => {
    const { prisma } = database;
    const { workspaceId } = member;
    const { id } = await api.pipeline.create({ name: "Gone", document: twoNodes });
    const revision = await prisma.revision.create({
      data: { workspaceId, pipelineId: id, number: 1, graphHash: "h", document: twoNodes },
    });
    await prisma.deployment.create({ data: { workspaceId, pipelineId: id, revisionId: revision.id, slug: `s-${id}` } });
    expect(await findDeployment(database, `s-${id}`)).toMatchObject({ active: true });
    // Programs call it: whoever removes it has to know.
    expect(await refusalOf(api.pipeline.remove({ id }))).toMatchObject({
      code: "PRECONDITION_FAILED",
      details: { reason: "is-live" },
    });
    expect(await findDeployment(database, `s-${id}`)).toMatchObject({ active: true });
    await api.pipeline.remove({ id, stopsApi: true });
    expect(await findDeployment(database, `s-${id}`)).toBeNull();
    expect((await api.pipeline.list({})).items).toEqual([]);
    expect((await api.pipeline.list({ removed: true })).items).toMatchObject([{ id, deployment: { active: false } }]);
    for (const call of [
      () => api.pipeline.get({ id }),
      () => api.pipeline.save({ id, baseRevision: 1, document: twoNodes }),
      () => api.pipeline.rename({ id, name: "x" }),
      () => api.pipeline.duplicate({ id }),
      () => api.pipeline.remove({ id }),
      () => api.pipeline.saveSampleInputs({ id, inputs: {} }),
    ]) {
      expect((await refusalOf(call())).code).toBe("NOT_FOUND");
    }
    expect(await api.pipeline.restore({ id })).toEqual({ id, slug: `s-${id}` });
    expect(await api.pipeline.get({ id })).toMatchObject({
      document: twoNodes,
      deployment: { active: true, slug: `s-${id}`, revisionNumber: 1 },
    });
    expect(await findDeployment(database, `s-${id}`)).toMatchObject({ active: true, revisionId: revision.id });
  });

  it("keeps what was paused paused", async () => {
    const { prisma } = database;
    const { workspaceId } = member;
    const { id } = await api.pipeline.create({ name: "Paused", document: twoNodes });
    const revision = await prisma.revision.create({
      data: { workspaceId, pipelineId: id, number: 1, graphHash: "h", document: twoNodes },
    });
    const data = { workspaceId, pipelineId: id, revisionId: revision.id, slug: `p-${id}`, active: false };
    await prisma.deployment.create({ data });
    await api.pipeline.remove({ id });
    expect(await api.pipeline.restore({ id })).toEqual({ id, slug: null });
    expect(await findDeployment(database, `p-${id}`)).toMatchObject({ active: false });
  });
});

describe("inputs of the run panel", () => {
  it("are remembered without touching the draft", async () => {
    const { id } = await api.pipeline.create({ name: "Inputs" });
    const before = await api.pipeline.get({ id });
    await api.pipeline.saveSampleInputs({ id, inputs: { text: "中文 ' \" \\", list: [1, null] } });
    expect(await api.pipeline.get({ id })).toEqual({
      ...before,
      sampleInputs: { text: "中文 ' \" \\", list: [1, null] },
    });
  });

  it("are bounded", async () => {
    const { id } = await api.pipeline.create({ name: "Inputs" });
    const many = Object.fromEntries(Array.from({ length: pipelineLimits.sampleInputs + 1 }, (_, i) => [`f${i}`, ""]));
    for (const inputs of [many, { text: "x".repeat(pipelineLimits.sampleInputBytes) }, { text: "\u0000" }]) {
      await expect(api.pipeline.saveSampleInputs({ id, inputs })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    }
  });
});

describe("what answers are looked at with", () => {
  const of = (datasetId: string) => ({
    datasetId,
    inputs: { complaint: "text" },
    expected: "label",
    scorer: { type: "text/contains", config: { phrases: ["a"] } },
  });

  it("is remembered without touching the draft, and copied with it", async () => {
    const { id } = await api.pipeline.create({ name: "Looked at" });
    const before = await api.pipeline.get({ id });
    expect(await api.pipeline.evaluationChoice({ id })).toBeNull();
    const text = { name: "text", role: "input" as const };
    const dataset = await api.dataset.create({ name: "Letters", columns: [text, { name: "label", role: "expected" }] });
    await api.pipeline.saveEvaluationChoice({ id, choice: of(dataset.id) });
    const known = { ...of(dataset.id), datasetName: "Letters" };
    expect(await api.pipeline.evaluationChoice({ id })).toEqual(known);
    expect(await api.pipeline.get({ id })).toEqual(before);
    const copy = await api.pipeline.duplicate({ id });
    expect(await api.pipeline.evaluationChoice({ id: copy.id })).toEqual(known);
    // Columns and a dataset that are gone are no choice.
    await api.dataset.update({ id: dataset.id, columns: [text] });
    expect(await api.pipeline.evaluationChoice({ id })).toEqual({ ...known, expected: null });
    await api.dataset.remove({ id: dataset.id });
    expect(await api.pipeline.evaluationChoice({ id })).toBeNull();
    await expect(api.pipeline.saveEvaluationChoice({ id, choice: of(dataset.id) })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("is bounded", async () => {
    const { id } = await api.pipeline.create({ name: "Looked at" });
    const { id: datasetId } = await api.dataset.create({ name: "Letters" });
    const inputs = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`i${index}`, "text"]));
    const config = { phrases: ["x".repeat(8_000)] };
    for (const wrong of [{ inputs }, { expected: "x".repeat(101) }, { scorer: { type: "text/exact", config } }])
      await expect(
        api.pipeline.saveEvaluationChoice({ id, choice: { ...of(datasetId), ...wrong } }),
      ).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("copying", () => {
  it("makes a pipeline of its own with the same draft", async () => {
    const { id } = await api.pipeline.create({ name: "Original", document: twoNodes });
    await api.pipeline.saveSampleInputs({ id, inputs: { a: 1 } });
    const copy = await api.pipeline.duplicate({ id });
    await api.pipeline.save({ id: copy.id, baseRevision: 1, document: emptyDocument });
    expect(await api.pipeline.get({ id: copy.id })).toMatchObject({ name: "Original 2", sampleInputs: { a: 1 } });
    expect((await api.pipeline.get({ id })).document).toEqual(twoNodes);
  });

  it.each([
    ["Name", "Name 2"],
    ["Name 2", "Name 3"],
    ["Name 9", "Name 10"],
    ["2024", "2024 2"],
    ["版本 3", "版本 4"],
  ])("calls a copy of %j %j", (name, copy) => {
    expect(copyName(name)).toBe(copy);
  });

  it("cuts a long name so that the number fits", () => {
    expect(copyName("x".repeat(120))).toBe(`${"x".repeat(118)} 2`);
  });
});

describe("the audit log", () => {
  it("names who did what, for owners only, and of frequent saves the first", async () => {
    const { id } = await api.pipeline.create({ name: "Watched" });
    await api.pipeline.save({ id, baseRevision: 1, document: twoNodes });
    await api.pipeline.save({ id, baseRevision: 2, document: { ...twoNodes, layout: {} } });
    await api.pipeline.rename({ id, name: "Renamed" });
    await api.pipeline.remove({ id });
    await api.pipeline.restore({ id });
    await expect(api.audit.list({})).rejects.toMatchObject({ code: "FORBIDDEN" });
    const owner = callerOf(database, await addMember(database, "owner", member.workspaceId));
    const { items } = await owner.audit.list({});
    expect(items.map((item) => item.action)).toEqual([
      "pipeline.restore",
      "pipeline.remove",
      "pipeline.rename",
      "pipeline.save",
      "pipeline.create",
    ]);
    for (const item of items) expect(item).toMatchObject({ subject: `pipeline:${id}`, user: { email: /@example/ } });
  });
});

describe("versions", () => {
  it("say when, by whom and why they were kept, and can be read whole", async () => {
    const { prisma } = database;
    const { id } = await api.pipeline.create({ name: "Kept", document: twoNodes });
    expect((await api.pipeline.revisions({ id })).revisions).toEqual([]);
    const first = await api.pipeline.keep({ id, revision: 1, note: "  The good wording " });
    expect(first).toMatchObject({ number: 1 });
    const user = await prisma.user.findUniqueOrThrow({ where: { id: member.userId } });
    const { revisions, liveId } = await api.pipeline.revisions({ id });
    expect(liveId).toBeNull();
    expect(revisions).toEqual([
      {
        id: first.id,
        number: 1,
        createdAt: expect.any(Date),
        keptAt: expect.any(Date),
        reason: "keep",
        note: "The good wording",
        by: user.name,
        isDraft: true,
      },
    ]);
    await api.pipeline.save({ id, baseRevision: 1, document: emptyDocument });
    expect((await api.pipeline.revisions({ id })).revisions).toMatchObject([{ isDraft: false }]);
    expect(await api.pipeline.revision({ id, revisionId: first.id })).toMatchObject({ number: 1, document: twoNodes });
  });

  it("keep what says most of them: a precaution and a run say less than a decision", async () => {
    const { id } = await api.pipeline.create({ name: "Kept", document: twoNodes });
    const reason = async () => (await api.pipeline.revisions({ id })).revisions[0]?.reason;
    await api.pipeline.keep({ id, revision: 1, why: "before-restore" });
    expect(await reason()).toBe("before-restore");
    await api.pipeline.keep({ id, revision: 1, note: "mine" });
    await api.pipeline.keep({ id, revision: 1, why: "before-restore" });
    expect(await reason()).toBe("keep");
  });

  it("are not kept of what was changed meanwhile, nor under a note without end", async () => {
    const { id } = await api.pipeline.create({ name: "Kept", document: twoNodes });
    expect((await refusalOf(api.pipeline.keep({ id, revision: 2 }))).code).toBe("CONFLICT");
    const note = "x".repeat(pipelineLimits.noteCharacters + 1);
    await expect(api.pipeline.keep({ id, revision: 1, note })).rejects.toMatchObject({ code: "BAD_REQUEST" });
    expect((await api.pipeline.revisions({ id })).revisions).toEqual([]);
  });
});
