import type { z } from "zod";
import type { Diagnostic } from "./diagnostic";
import { type GraphDocument, graphDocument, graphLimits } from "./document";
import { findJsonFault, jsonBytes } from "./json-shape";
import { fail, ok, type Result } from "./result";

/** Takes any value, typically parsed JSON from a client, a file or the database. Nothing in it is ever executed. */
export const parseDocument = (value: unknown): Result<GraphDocument, readonly Diagnostic[]> => {
  const shape = value as { nodes?: unknown; edges?: unknown; schemaVersion?: unknown } | null;
  if (typeof shape !== "object" || shape === null || Array.isArray(shape)) {
    return fail([invalid("", "A pipeline is a JSON object with nodes and edges.")]);
  }
  // Counts first: they are cheap and say more than a list of schema issues would.
  for (const [list, most] of [
    ["nodes", graphLimits.nodes],
    ["edges", graphLimits.edges],
  ] as const) {
    const items = shape[list];
    if (Array.isArray(items) && items.length > most) return fail([tooLarge(list, items.length, most)]);
  }
  const inAll = countNested(shape.nodes);
  if (inAll > graphLimits.nodesInAll) return fail([tooLarge("nodesInAll", inAll, graphLimits.nodesInAll)]);
  const fault = findJsonFault(value, graphLimits);
  if (fault !== null) return fail([invalid(fault.key, faultMessage[fault.kind])]);
  const bytes = jsonBytes(value);
  if (bytes > graphLimits.bytes) return fail([tooLarge("bytes", bytes, graphLimits.bytes)]);
  if (typeof shape.schemaVersion === "number" && shape.schemaVersion !== 1) {
    return fail([
      {
        code: "schema-version-unknown",
        severity: "error",
        message: `The pipeline was saved in format ${shape.schemaVersion}; this version reads format 1.`,
        hint: "Open it with a newer version of the program.",
        params: { version: shape.schemaVersion },
      },
    ]);
  }
  const parsed = graphDocument.safeParse(value);
  return parsed.success
    ? ok(withoutStrays(parsed.data))
    : fail(parsed.error.issues.slice(0, mostIssues).map(fromIssue));
};

const mostIssues = 20;

/** Variants and pins of nodes that are not there, and empty lists of them, say nothing. */
const withoutStrays = (document: GraphDocument): GraphDocument => {
  const { variants, pins, ...rest } = document;
  if (variants === undefined && pins === undefined) return document;
  const nodes = new Set(document.nodes.map(({ id }) => id));
  const kept = Object.entries(variants ?? {}).filter(([node, list]) => nodes.has(node) && list.length > 0);
  const pinned = Object.entries(pins ?? {}).filter(([node]) => nodes.has(node));
  return {
    ...rest,
    ...(kept.length > 0 && { variants: Object.fromEntries(kept) }),
    ...(pinned.length > 0 && { pins: Object.fromEntries(pinned) }),
  };
};

const faultMessage = {
  "too-deep": `Lists and objects are nested more than ${graphLimits.depth} deep.`,
  "not-json": "A value is not JSON.",
  "forbidden-key": "The key __proto__ is not allowed.",
} as const;

const invalid = (field: string, reason: string): Diagnostic => ({
  code: "document-invalid",
  severity: "error",
  message: `This is not a pipeline that can be read: ${reason}`,
  hint: "Open a file that was exported from here, or correct the named field.",
  params: { field, reason },
  at: field === "" ? {} : { field },
});

type Counted = "nodes" | "edges" | "bytes" | "nodesInAll";

const tooLarge = (what: Counted, count: number, most: number): Diagnostic => ({
  code: "document-too-large",
  severity: "error",
  message: `The pipeline has ${count} ${what === "nodesInAll" ? "nodes, those of its containers counted" : what}; at most ${most} are allowed.`,
  hint: "Split it into several pipelines.",
  params: { what: what === "nodesInAll" ? "nodes" : what, count, most },
});

/** Nodes of a list and of the bodies in it. Walks without recursion, and no further than there may be. */
const countNested = (nodes: unknown): number => {
  const lists = [nodes];
  let count = 0;
  for (let list = lists.pop(); list !== undefined && count <= graphLimits.nodesInAll; list = lists.pop()) {
    if (!Array.isArray(list)) continue;
    count += list.length;
    for (const node of list.slice(0, graphLimits.nodesInAll)) {
      const body = (node as { body?: { nodes?: unknown } } | null)?.body;
      if (Array.isArray(body?.nodes)) lists.push(body.nodes);
    }
  }
  return count;
};

const fromIssue = (issue: z.core.$ZodIssue): Diagnostic => invalid(issue.path.map(String).join("."), issue.message);
