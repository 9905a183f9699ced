import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { execute } from "@/runtime/executor/execute";
import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import { migrateNode } from "@/runtime/graph/migrate";
import { resolveNode } from "@/runtime/graph/resolve-node";
import { type AnyNode, createCatalog, inputPorts, outputPorts } from "@/runtime/node/catalog";
import type { NodeExample } from "@/runtime/node/define-node";
import { type Localized, locales } from "@/runtime/node/localized";
import type { Ports } from "@/runtime/node/port";
import { exampleConversation } from "./example-conversation";
import { Gate } from "./gate";
import { planOf, runPlan } from "./run-plan";
import { ScriptedGateway } from "./scripted-gateway";
import { ScriptedServices } from "./scripted-services";
import { valueNode } from "./test-nodes";

export interface NodeSpecOptions {
  /** One saved config for each version before the present one: what migrations are tried on. */
  /** Nodes that stand in the bodies of its examples. */
  readonly inside?: readonly AnyNode[];
  readonly saved?: readonly { readonly version: number; readonly config: Readonly<Record<string, unknown>> }[];
}

type Example = NodeExample<z.ZodObject, Ports, Ports>;

/** What every node must hold. `file` is its path in the repository, e.g. `nodes/flow/branch.ts`. */
export const describeNode = (
  definition: AnyNode,
  file: string,
  { saved = [], inside = [] }: NodeSpecOptions = {},
): void => {
  const examples: readonly Example[] = definition.examples;
  const catalog = createCatalog([definition, valueNode, ...inside]);
  const portsOf = (example: Example) => {
    const { node, ports } = resolveNode(documentAround(definition, example).nodes[0] as GraphNode, catalog);
    if (ports === undefined) throw new Error(`the settings of ${node.type} are not valid`);
    return ports;
  };

  describe(definition.type, () => {
    test("is named after its file", () => {
      expect(file).toBe(`nodes/${definition.type}.ts`);
    });

    test("says everything in every language", () => {
      const { title, summary, config } = definition;
      const texts: [string, unknown][] = [
        ["title", title],
        ["summary", summary],
        ...describedFields(config),
        ...examples.flatMap((example) => labels(definition, config.parse(example.config))),
      ];
      for (const [where, text] of texts) {
        for (const locale of locales)
          expect((text as Localized | undefined)?.[locale], `${where}, ${locale}`).toMatch(/\S/);
      }
    });

    test("has an icon in kebab-case", () => {
      expect(definition.icon).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    });

    test("has settings to start with that are valid, plain JSON, and stay the same when saved and read again", () => {
      const config: unknown = definition.config.parse({});
      expect(JSON.parse(JSON.stringify(config))).toEqual(config);
      expect(definition.config.parse(config)).toEqual(config);
      for (const example of examples) {
        const parsed: unknown = definition.config.parse(example.config);
        expect(definition.config.parse(parsed)).toEqual(parsed);
      }
    });

    test("derives the same ports from the same settings", () => {
      for (const config of [{}, ...examples.map((example) => example.config)]) {
        const once = describePorts(definition, definition.config.parse(config));
        expect(describePorts(definition, definition.config.parse(config))).toEqual(once);
        for (const name of [...Object.keys(once.inputs), ...Object.keys(once.outputs)]) {
          expect(name.length).toBeGreaterThan(0);
          expect(name.length).toBeLessThanOrEqual(128);
        }
      }
    });

    test("previews its settings in one line", () => {
      for (const config of [{}, ...examples.map((example) => example.config)]) {
        expect(definition.preview?.(definition.config.parse(config)) ?? "").not.toMatch(/\n/);
      }
    });

    test("lifts every earlier version to the present one", () => {
      const steps = Object.keys(definition.migrations ?? {}).map(Number);
      const wanted = Array.from({ length: definition.version - 1 }, (_, index) => index + 2);
      expect(steps.sort((a, b) => a - b)).toEqual(wanted);
      expect(saved.map(({ version }) => version).sort((a, b) => a - b)).toEqual(wanted.map((version) => version - 1));
      for (const { version, config } of saved) {
        const lifted = migrateNode(nodeOf(definition, config, version), definition);
        if (!lifted.ok) throw new Error(lifted.error.message);
        definition.config.parse(lifted.value.config);
      }
    });

    test("gives its examples names of their own", () => {
      const names = examples.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    });

    for (const example of examples) {
      test(`example: ${example.name}`, async () => {
        const models = new ScriptedGateway(example);
        const plan = planOf(documentAround(definition, example), catalog);
        const services = new ScriptedServices(example);
        const { events, state } = await runPlan(plan, example.runInputs ?? {}, {
          models,
          services,
          ...exampleConversation(example),
        });
        const node = state.nodes.get(subject);
        expect(node?.error ?? state.error).toBeNull();
        expect(node?.outputs).toEqual(example.outputs);
        expect(models.chats.length).toBe(example.replies?.length ?? 0);
        expect(models.moderations.length).toBe(example.moderations?.length ?? 0);
        expect(models.transcriptions.length).toBe(example.transcripts?.length ?? 0);
        expect(models.rerankings.length).toBe(example.rankings?.length ?? 0);
        expect(models.drawings.length).toBe(example.drawings?.length ?? 0);
        expect(models.sayings.length).toBe(example.sayings?.length ?? 0);
        for (const [name, left] of Object.entries(services.left)) expect(left, `${name} asked`).toBe(0);
        const ports = portsOf(example).outputs;
        for (const [name, text] of Object.entries(node?.text ?? {})) {
          expect(ports[name]?.kind).toBe("text");
          expect(node?.outputs?.[name]).toBe(text);
        }
        expect(events.at(-1)?.type).toBe("run-end");
      });

      test(`leaves what it is given as it was: ${example.name}`, async () => {
        const given = freeze(structuredClone(example));
        const plan = planOf(documentAround(definition, given), catalog);
        const { state } = await runPlan(freezeConfigs(plan), given.runInputs ?? {}, {
          models: new ScriptedGateway(example),
          services: new ScriptedServices(example),
          ...exampleConversation(given),
        });
        expect(state.nodes.get(subject)?.status).toBe("success");
      });

      if (callsModel(example)) {
        test(`stops when it is told to: ${example.name}`, async () => {
          const gate = new Gate();
          const models = new ScriptedGateway({ ...example, gate: () => gate.wait() });
          const plan = planOf(documentAround(definition, example), catalog);
          const controller = new AbortController();
          const { signal } = controller;
          const services = new ScriptedServices(example);
          const ends: string[] = [];
          gate.reached.then(() => controller.abort());
          for await (const event of execute(plan, example.runInputs ?? {}, {
            runId: "run-1",
            models,
            services,
            signal,
            ...exampleConversation(example),
          })) {
            if (event.type === "run-end") ends.push(event.outcome);
          }
          expect(ends).toEqual(["aborted"]);
          expect(models.signals.length).toBeGreaterThan(0);
          for (const given of models.signals) expect(given.aborted).toBe(true);
        });
      }
    }
  });
};

const subject = "subject";

const callsModel = ({ vectors, replies, moderations, transcripts, rankings, drawings, sayings }: Example): boolean =>
  vectors !== undefined ||
  [replies, moderations, transcripts, rankings, drawings, sayings].some((list) => (list?.length ?? 0) > 0);

const nodeOf = (definition: AnyNode, config: object, version = definition.version): GraphNode => ({
  id: subject,
  type: definition.type,
  typeVersion: version,
  config: config as GraphNode["config"],
  disabled: false,
});

/** The node under test with its inputs fed by nodes that give out the example's values. */
export const documentAround = (definition: AnyNode, example: Example): GraphDocument => {
  const inputs = Object.entries(example.inputs);
  return {
    schemaVersion: 1,
    nodes: [
      { ...nodeOf(definition, example.config), ...(example.body === undefined ? {} : { body: example.body }) },
      ...inputs.map(([name, value]) => ({
        ...nodeOf(valueNode, { value }),
        id: `give-${name}`,
      })),
    ],
    edges: inputs.map(([name]) => ({
      id: name,
      from: { node: `give-${name}`, port: "value" },
      to: { node: subject, port: name },
    })),
    layout: {},
  };
};

const describePorts = (definition: AnyNode, config: unknown) => {
  const shown = (ports: Ports) =>
    Object.fromEntries(
      Object.entries(ports).map(([name, { kind, optional, label }]) => [name, { kind, optional, label }]),
    );
  return { inputs: shown(inputPorts(definition, config)), outputs: shown(outputPorts(definition, config)) };
};

const labels = (definition: AnyNode, config: unknown): [string, unknown][] => {
  const { inputs, outputs } = describePorts(definition, config);
  return [...Object.entries(inputs), ...Object.entries(outputs)].flatMap(([name, { label }]): [string, unknown][] =>
    label === undefined ? [] : [[`port ${name}`, label]],
  );
};

/** Every setting has a title; help, placeholder, unit and the titles of options are checked where they are there. */
const describedFields = (config: z.ZodObject): [string, unknown][] =>
  Object.entries(config.shape).flatMap(([name, schema]): [string, unknown][] => {
    const meta: Readonly<Record<string, unknown>> = (schema as z.ZodType).meta() ?? {};
    const rest = ["help", "placeholder", "unit"].filter((key) => meta[key] !== undefined);
    const options = Object.entries((meta.options ?? {}) as Record<string, unknown>);
    return [
      [`setting ${name}`, meta.title],
      ...rest.map((key): [string, unknown] => [`${key} of setting ${name}`, meta[key]]),
      ...options.map(([option, title]): [string, unknown] => [`option ${option} of setting ${name}`, title]),
    ];
  });

const freeze = <T>(value: T): T => {
  // Bytes cannot be frozen.
  if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) freeze(item);
  }
  return value;
};

const freezeConfigs = <P extends { readonly nodes: readonly { readonly config: unknown }[] }>(plan: P): P => {
  for (const { config } of plan.nodes) freeze(config);
  return plan;
};
