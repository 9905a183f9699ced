import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type BenchGraph, work } from "./graphs";

const folder = path.resolve(import.meta.dirname, "../peers/executor");
if (!existsSync(path.join(folder, "node_modules"))) {
  console.log("Installing the peers into bench/peers/executor …");
  execFileSync("npm", ["ci"], { cwd: folder, stdio: "inherit" });
}
const resolver = createRequire(path.join(folder, "package.json"));
// biome-ignore lint/suspicious/noExplicitAny: peers are not installed where this is type-checked.
const load = (name: string): Promise<any> => import(pathToFileURL(resolver.resolve(name)).href);

const { StateGraph, Annotation, START, END } = await load("@langchain/langgraph");
const rivet = await load("@ironclad/rivet-node");

type Build = (graph: BenchGraph) => () => Promise<unknown>;

/** Every node writes its text under its id into one shared record: the way its documentation shows. */
const langGraph: Build = (graph) => {
  const State = Annotation.Root({
    texts: Annotation({
      reducer: (a: object, b: object) => ({ ...a, ...b }),
      default: () => ({}),
    }),
  });
  const builder = new StateGraph(State);
  const used = new Set(graph.flatMap(({ needs }) => needs));
  for (const { id, needs } of graph) {
    builder.addNode(id, ({ texts }: { texts: Record<string, string> }) => ({
      texts: {
        [id]: work(
          id,
          needs.map((need) => texts[need] ?? ""),
        ),
      },
    }));
  }
  for (const { id, needs } of graph) {
    if (needs.length === 0) builder.addEdge(START, id);
    else builder.addEdge(needs.length === 1 ? needs[0] : [...needs], id);
    if (!used.has(id)) builder.addEdge(id, END);
  }
  const app = builder.compile();
  return () => app.invoke({ texts: {} }, { recursionLimit: 5000 });
};

/** Text nodes that quote their inputs; in a large graph nodes that pass on, since texts would double along every path. */
const rivetNode: Build = (graph) => {
  const registry = rivet.globalRivetNodeRegistry;
  const small = graph.length < 500;
  const made = new Map(
    graph.map(({ id, needs }) => {
      const node = registry.create(small || needs.length === 0 ? "text" : "passthrough");
      if (node.type === "text") node.data.text = `${id}(${needs.map((_, index) => `{{i${index}}}`).join(",")})`;
      return [id, node];
    }),
  );
  const out = registry.create("graphOutput");
  out.data.id = "answer";
  const outputOf = (node: { type: string }) => (node.type === "text" ? "output" : "output1");
  const wire = (from: { id: string; type: string }, to: { id: string }, inputId: string) => ({
    outputNodeId: from.id,
    outputId: outputOf(from),
    inputNodeId: to.id,
    inputId,
  });
  const connections = graph.flatMap(({ id, needs }) =>
    needs.map((need, index) => {
      const to = made.get(id);
      return wire(made.get(need), to, to.type === "text" ? `i${index}` : `input${index + 1}`);
    }),
  );
  connections.push(wire(made.get(graph.at(-1)?.id ?? ""), out, "value"));
  const project = {
    metadata: { id: "p", title: "p", description: "", mainGraphId: "g" },
    graphs: {
      g: { metadata: { id: "g", name: "g", description: "" }, nodes: [...made.values(), out], connections },
    },
    plugins: [],
    data: {},
  };
  return () => rivet.createProcessor(project, { graph: "g", openAiKey: "unused" }).run();
};

export const peers: Readonly<Record<string, Build>> = { "LangGraph.js": langGraph, Rivet: rivetNode };
