import { describe, expect, it } from "vitest";
import { catalog } from "@/nodes";
import { takenResults } from "@/runtime/executor/taken-results";
import { bodyInterface } from "@/runtime/graph/body-interface";
import { resolveNode } from "@/runtime/graph/resolve-node";
import { compile } from "@/runtime/plan/compile";
import type { RunEvent } from "@/runtime/run/events";
import { pathKey } from "@/runtime/run/reduce";
import { resumeEvent } from "@/runtime/run/resume";
import { buildDocument } from "@/runtime/testing/build-document";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway, type ScriptedReply } from "@/runtime/testing/scripted-gateway";
import { type ToolPipeline, toolBody } from "./pipeline-tool";

const input = (...fields: object[]) => ({ type: "io/input", config: { fields: fields as never } });
const output = (...names: string[]) => ({
  type: "io/output",
  config: { outputs: names.map((name) => ({ name, title: "" })) },
});
/** Says which order it is; takes nothing that must be given. */
const look = buildDocument(
  {
    in: input(
      { name: "order", help: "Its number.", required: false, default: "none" },
      { name: "urgency", kind: "choice", options: ["low", "high"], required: false },
    ),
    say: { type: "text/template", config: { template: "Order {{order}} was sent." } },
    out: output("state"),
  },
  ["in.order > say.order", "say.text > out.state"],
);
/** Asks a person. */
const ask = buildDocument(
  {
    in: input({ name: "text", maxLength: 20 }),
    review: { type: "flow/human-review", config: {} },
    out: output("answer"),
  },
  ["in.text > review.value", "review.approved > out.answer"],
);
const chosen = (step: string, name: string): ToolPipeline => ({
  step,
  reference: `pipeline-${name}`,
  name,
  revisionId: `revision-${name}`,
  number: 1,
  follows: false,
});
const stepOf = (step: string, name: string, document: typeof look) => ({
  chosen: chosen(step, name),
  document,
  asks: bodyInterface(document, catalog, resolveNode),
});
const tool = (step: string, name: string, further: object = {}) => ({
  name,
  kind: "pipeline",
  description: `${name}.`,
  pipeline: chosen(step, name),
  ...further,
});
const body = toolBody([stepOf("p1", "look", look), stepOf("p2", "ask", ask)]);
const agent = (config: object, held: typeof body | undefined = body) =>
  buildDocument(
    {
      in: input({ name: "text" }),
      agent: { type: "agent/tools", config: config as never, ...(held === undefined ? {} : { body: held }) },
      out: output("answer"),
    },
    ["in.text > agent.text", "agent.text > out.answer"],
  );
const both = { tools: [tool("p1", "look"), tool("p2", "ask", { class: "write" })] };
const calls = (...all: readonly (readonly [string, object])[]): ScriptedReply => ({
  calls: all.map(([name, given]) => ({ name, arguments: given })),
});
const run = async (config: object, replies: readonly ScriptedReply[], further: object = {}) => {
  const models = new ScriptedGateway({ replies });
  const { events, state } = await runPlan(planOf(agent(config), catalog), { text: "Do." }, { models, ...further });
  const told = models.chats.map(({ messages }) =>
    messages.filter(({ role }) => role === "tool").map((each) => each.content),
  );
  return { events, state, models, told: told.at(-1) };
};

describe("a pipeline as a tool of an agent", () => {
  it("is told of by what it asks for", async () => {
    const { models } = await run(both, ["Nothing to do."]);
    expect(models.chats[0]?.tools).toEqual([
      {
        name: "look",
        description: "look.",
        parameters: {
          type: "object",
          properties: {
            order: { type: "string", description: "Its number.", maxLength: 10_000 },
            urgency: { type: "string", enum: ["low", "high"] },
          },
          required: [],
          additionalProperties: false,
        },
      },
      {
        name: "ask",
        description: "ask.",
        parameters: {
          type: "object",
          properties: { text: { type: "string", maxLength: 20 } },
          required: ["text"],
          additionalProperties: false,
        },
      },
    ]);
  });

  it("runs alone in a frame of its own, twice in a turn, and the model is told what it gave", async () => {
    const { events, state, told } = await run({ tools: both.tools.slice(0, 1).concat(tool("p2", "ask")) }, [
      calls(["look", { order: "17" }], ["look", { order: "18" }], ["look", {}]),
      "Sent.",
    ]);
    expect(told).toEqual(["Order 17 was sent.", "Order 18 was sent.", "Order none was sent."]);
    expect(state.outputs).toEqual({ answer: "Sent." });
    const ran = events.flatMap((event) =>
      event.type === "node-end" && event.outcome === "success" ? [pathKey(event.path)] : [],
    );
    expect(ran).toContain("agent#1/p1#0/say");
    expect(ran.filter((path) => path.includes("p2"))).toEqual([]);
  });

  it("tells the model why it failed, and what does not fit is not run", async () => {
    const { told, events } = await run(both, [
      calls(["ask", { text: "x".repeat(21) }], ["look", { urgency: "none" }]),
      "No.",
    ]);
    expect(told).toEqual([expect.stringContaining("at most 20 characters"), expect.stringContaining("urgency")]);
    expect(events.filter(({ type }) => type === "node-frames")).toEqual([]);
    // Nobody can be asked here, which is what the review fails by.
    const unasked = await run({ tools: [tool("p1", "look"), tool("p2", "ask")] }, [
      calls(["ask", { text: "May I?" }]),
      "No.",
    ]);
    expect(unasked.state.status).toBe("success");
    expect(unasked.told).toHaveLength(1);
  });

  it("waits for a person inside it, and goes on once, without repeating what had ended", async () => {
    const replies = [calls(["ask", { text: "May I?" }], ["look", { order: "17" }]), "Done."];
    const first = await run(both, replies, { pauses: true });
    expect(first.state.status).toBe("paused");
    const path = ["agent#0", "p2#0", "review"];
    const key = first.state.nodes.get(path.join("/"))?.questions[0]?.key ?? "";
    const answer = {
      outcome: "approved",
      value: "Yes",
      edited: true,
      form: {},
      note: "",
      by: ["Ada"],
      at: null,
    } as const;
    const resumed = resumeEvent(first.events.at(-1), [{ path, key, answer }], "1970-01-01T00:00:00.000Z");
    const log = JSON.parse(JSON.stringify([...first.events, resumed])) as RunEvent[];
    const second = await run(both, replies.slice(1), { pauses: true, resume: log });
    expect(second.told).toEqual(["Yes", "Order 17 was sent."]);
    expect(second.state.outputs).toEqual({ answer: "Done." });
    expect(second.models.chats).toHaveLength(1);
    const again = second.events.flatMap((event) => (event.type === "node-start" ? [pathKey(event.path)] : []));
    expect(again.filter((each) => each.endsWith("/say"))).toEqual([]);
    expect([...log, ...second.events].map(({ seq }) => seq)).toEqual([...log, ...second.events].map((_, at) => at));
  });

  it("goes on where it was, wherever it was broken off", async () => {
    const config = { tools: [tool("p1", "look"), tool("p2", "ask", { policy: "off" })] };
    const replies = [
      calls(["look", { order: "1" }]),
      calls(["look", { order: "2" }], ["look", { order: "3" }]),
      "Done.",
    ];
    const whole = await run(config, replies);
    for (let cut = 1; cut < whole.events.length; cut += 1) {
      const resume = JSON.parse(JSON.stringify(whole.events.slice(0, cut))) as RunEvent[];
      const turns = resume.filter((event) => event.type === "node-recorded").length;
      const { state, events } = await run(config, replies.slice(turns), { resume });
      expect(state.outputs, `cut at ${cut}`).toEqual(whole.state.outputs);
      const ended = new Set(resume.flatMap((event) => (event.type === "node-end" ? [pathKey(event.path)] : [])));
      const again = events.flatMap((event) => (event.type === "node-start" ? [pathKey(event.path)] : []));
      expect(
        again.filter((path) => ended.has(path)),
        `cut at ${cut}`,
      ).toEqual([]);
    }
  });

  it("is asked anew where the agent is run again by another run, and taken with what the agent gave", async () => {
    const config = { tools: [tool("p1", "look"), tool("p2", "ask", { policy: "off" })] };
    const former = await run(config, [calls(["look", { order: "17" }])]);
    expect(former.state.status).toBe("failure");
    const plan = planOf(agent(config), catalog);
    const taken = takenResults(plan, former.events);
    expect(taken.map(({ path }) => path[0])).not.toContain("agent#0");
    const again = await run(config, [calls(["look", { order: "99" }]), "Sent."], { taken });
    expect(again.told).toEqual(["Order 99 was sent."]);
    // A tool that failed, of which the agent was told, is no reason to run the agent again.
    const whole = await run(config, [calls(["look", { order: "17" }]), "Sent."]);
    expect(takenResults(plan, whole.events)).toEqual([]);
  });

  it("is missed before the run where the agent does not hold it, and an agent without one holds nothing", () => {
    const codes = (config: object, held?: typeof body) => {
      const plan = compile(agent(config, held), catalog);
      return plan.ok ? [] : plan.error.flatMap(({ code, severity }) => (severity === "error" ? [code] : []));
    };
    const { body: _, ...bare } = { body: undefined, ...both };
    expect(
      compile(
        buildDocument(
          { in: input({ name: "text" }), agent: { type: "agent/tools", config: bare as never }, out: output("answer") },
          ["in.text > agent.text", "agent.text > out.answer"],
        ),
        catalog,
      ),
    ).toMatchObject({
      ok: false,
      error: [{ code: "body-missing" }],
    });
    expect(codes(both, toolBody([stepOf("p1", "look", look)]))).toEqual(["body-missing"]);
    expect(codes(both, body)).toEqual([]);
    expect(codes({ tools: [{ ...tool("p1", "look"), pipeline: null }] }, body)).toEqual(["config-invalid"]);
    expect(codes({ tools: [tool("p1", "look"), tool("p1", "ask")] }, body)).toEqual(["config-invalid"]);
  });

  it("keeps long names and many fields apart", () => {
    const names = Array.from({ length: 40 }, (_, at) => `${"n".repeat(60)}${at}`);
    const many = buildDocument(
      {
        one: input(...names.slice(0, 20).map((name) => ({ name, required: false }))),
        two: input(...names.slice(20).map((name) => ({ name, required: false }))),
        out: output("answer"),
      },
      [`one.${names[0]} > out.answer`],
    );
    const held = toolBody([stepOf("p1", "look", many)]);
    expect(held.nodes.map(({ id }) => id)).toEqual(["p1-in", "p1-in1", "p1", "p1-out"]);
    expect(compile(agent({ tools: [tool("p1", "look")] }, held), catalog).ok).toBe(true);
  });
});
