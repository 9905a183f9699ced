import { catalog } from "@/nodes";
import { allNodes } from "@/runtime/graph/body-at";
import type { GraphDocument } from "@/runtime/graph/document";
import { jsonBytes } from "@/runtime/graph/json-shape";
import { referencesOf } from "@/runtime/graph/references-of";
import type { Database } from "@/server/platform/db/database";
import { readStoredDocument } from "./read-stored-document";

/** Which version of a pipeline a step runs. */
export interface VersionChoice {
  /** Id of the pipeline. */
  readonly reference: string;
  readonly revisionId: string;
  /** Takes the version that is published, where one is. */
  readonly follows: boolean;
}

/** A version as the body of a step. */
export interface PipelineVersion {
  readonly id: string;
  readonly number: number;
  readonly graphHash: string;
  /** Without its variants: only its own settings run. */
  readonly body: GraphDocument;
  /** Ids of the pipelines that it runs, at any depth. */
  readonly runs: ReadonlySet<string>;
  /** Nodes, those of its containers counted. */
  readonly nodes: number;
  /** Bytes as UTF-8 JSON. */
  readonly bytes: number;
}

/** The versions of a workspace's pipelines that one document names: each is read once, however many steps name it. */
export class PipelineVersions {
  /** Id of the published version, by pipeline. */
  readonly #live = new Map<string, string | null>();
  readonly #read = new Map<string, PipelineVersion | null>();

  constructor(
    private readonly prisma: Database["prisma"],
    private readonly workspaceId: string,
  ) {}

  /** How many were read. */
  get size(): number {
    return this.#read.size;
  }

  /** null where this workspace does not have it. Asked one after the other: each may be as large as a document may be. */
  async find({ reference, revisionId, follows }: VersionChoice): Promise<PipelineVersion | null> {
    const id = (follows ? await this.#liveOf(reference) : null) ?? revisionId;
    const key = JSON.stringify([reference, id]);
    const known = this.#read.get(key);
    if (known !== undefined) return known;
    const version = await this.#load(reference, id);
    this.#read.set(key, version);
    return version;
  }

  async #liveOf(pipelineId: string): Promise<string | null> {
    const known = this.#live.get(pipelineId);
    if (known !== undefined) return known;
    const live = await this.prisma.deployment.findFirst({
      where: { pipelineId, workspaceId: this.workspaceId, environment: "production", active: true },
      orderBy: { publishedAt: "desc" },
      select: { revisionId: true },
    });
    this.#live.set(pipelineId, live?.revisionId ?? null);
    return live?.revisionId ?? null;
  }

  async #load(pipelineId: string, id: string): Promise<PipelineVersion | null> {
    const revision = await this.prisma.revision.findFirst({
      where: { id, pipelineId, workspaceId: this.workspaceId },
      select: { id: true, number: true, graphHash: true, document: true },
    });
    if (revision === null) return null;
    const { variants: _, ...body } = readStoredDocument(revision.document);
    const runs = referencesOf(body.nodes, catalog).flatMap(({ kind, name }) => (kind === "pipeline" ? [name] : []));
    const { number, graphHash } = revision;
    return {
      id: revision.id,
      number,
      graphHash,
      body,
      runs: new Set(runs),
      nodes: allNodes(body).length,
      bytes: jsonBytes(body),
    };
  }
}
