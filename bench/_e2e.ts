import { catalog } from "@/nodes/index";
import { execute } from "@/runtime/executor/execute";
import { systemClock } from "@/runtime/model/clock";
import { createOpenAiGateway } from "@/runtime/model/openai-gateway";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { compile } from "@/runtime/plan/compile";
import { templates } from "@/templates/index";

const price = { inputMicroUsdPerM: 0, outputMicroUsdPerM: 0 };
const models = createOpenAiGateway({
  endpoints: [
    {
      slug: "local",
      replicas: [{ baseUrl: "http://127.0.0.1:18450/v1" }],
      models: [
        { name: "tiny-local", chat: true, embedding: false, jsonSchema: true, ...price },
        { name: "local-embed", chat: false, embedding: true, ...price },
      ],
    },
  ],
  defaults: { chat: "local/tiny-local", embedding: "local/local-embed" },
  clock: systemClock,
  random: Math.random,
  fetch: createUndiciFetch(),
});
for (const t of templates)
  for (const locale of ["en", "zh"] as const)
    for (const s of t.sampleInputs(locale)) {
      const plan = compile(t.document(locale), catalog);
      if (!plan.ok) throw new Error(JSON.stringify(plan.error));
      const started = Date.now();
      for await (const e of execute(plan.value, s.inputs, { runId: "r", models })) {
        if (e.type === "run-end")
          console.log(
            t.id,
            locale,
            s.name,
            `${Date.now() - started}ms`,
            e.outcome === "success" ? JSON.stringify(e.outputs) : JSON.stringify(e.error),
          );
      }
    }
