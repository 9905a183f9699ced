import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type GraphDocument, graphLimits } from "@/runtime/graph/document";
import { graphHash } from "@/runtime/graph/hash";
import { buildDocument } from "@/runtime/testing/build-document";
import type { Database } from "@/server/platform/db/database";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { settleSubPipelines } from "./settle-sub-pipelines";

let database: Database;
let workspaceId: string;
let api: ReturnType<typeof callerOf>;
/** Revisions that were read, and how many of them at once. */
let reads = 0;
let atOnce = 0;
let most = 0;
beforeAll(async () => {
  database = await openTestDatabase();
  const member = await addMember(database, "owner");
  workspaceId = member.workspaceId;
  api = callerOf(database, member);
});
afterAll(() => database.close());

const counted = (): Pick<Database, "prisma"> => {
  reads = 0;
  most = 0;
  const { deployment, revision } = database.prisma;
  const findFirst = async (query: Parameters<typeof revision.findFirst>[0]) => {
    reads += 1;
    atOnce += 1;
    most = Math.max(most, atOnce);
    try {
      return await revision.findFirst(query);
    } finally {
      atOnce -= 1;
    }
  };
  return { prisma: { deployment, revision: { findFirst } } as unknown as Database["prisma"] };
};

const settle = (document: GraphDocument) => settleSubPipelines(counted(), workspaceId, "outer", document);

interface Version {
  readonly id: string;
  readonly revisionId: string;
}

/** A version of a pipeline of its own, of about so many bytes. */
const version = async (bytes: number): Promise<Version> => {
  const document = buildDocument({ step: { type: "text/template", config: { template: "x".repeat(bytes) } } });
  const { id } = await api.pipeline.create({ name: "Inner" });
  const data = { workspaceId, pipelineId: id, number: 1, graphHash: graphHash(document), document };
  return { id, revisionId: (await database.prisma.revision.create({ data })).id };
};

const running = (versions: readonly Version[]): GraphDocument =>
  buildDocument(
    Object.fromEntries(
      versions.map(({ id, revisionId }, at) => [
        `sub-${at}`,
        {
          type: "flow/sub-pipeline",
          config: { pipeline: { reference: id, name: "Inner", revisionId, number: 1, follows: at % 2 === 0 } },
        },
      ]),
    ),
  );

describe("the versions of pipelines that the steps of a document run", () => {
  it("are read once, however many steps name one", async () => {
    const one = await version(100);
    const settled = await settle(running(Array(500).fill(one)));
    expect(reads).toBe(1);
    expect(settled.nodes.every(({ body }) => body?.nodes[0]?.id === "step")).toBe(true);
    expect(await settle(settled)).toBe(settled);
  });

  it("are refused where they come to more than a document may hold, before they are put together", async () => {
    const large = await version(graphLimits.bytes / 2);
    await expect(settle(running(Array(1_000).fill(large)))).rejects.toMatchObject({
      message: expect.stringContaining("at most 4194304 are allowed"),
      details: { diagnostics: [{ code: "pipelines-too-large", at: { node: "sub-1" }, params: { what: "bytes" } }] },
    });
    expect(reads).toBe(1);
    const others = await Promise.all([1, 2, 3, 4, 5, 6].map((more) => version(graphLimits.bytes / 2 + more)));
    await expect(settle(running(others))).rejects.toThrow("bytes; at most");
    expect({ reads, most }).toEqual({ reads: 2, most: 1 });
  });

  it("are refused where there are more than may be, or more nodes", async () => {
    const few = await Promise.all(Array.from({ length: graphLimits.pipelines + 2 }, (_, at) => version(at)));
    await expect(settle(running(few))).rejects.toThrow("101 pipelines; at most 100");
    expect(reads).toBe(graphLimits.pipelines + 1);
    expect((await settle(running(few.slice(0, graphLimits.pipelines)))).nodes).toHaveLength(graphLimits.pipelines);
    const nodes = Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`n${at}`, { type: "text/template" }]));
    const document = buildDocument(nodes);
    const { id } = await api.pipeline.create({ name: "Many" });
    const data = { workspaceId, pipelineId: id, number: 1, graphHash: graphHash(document), document };
    const many = { id, revisionId: (await database.prisma.revision.create({ data })).id };
    await expect(settle(running(Array(6).fill(many)))).rejects.toThrow("5406 nodes; at most 5000");
  });
});
