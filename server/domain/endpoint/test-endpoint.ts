import { observe } from "@/runtime/model/middleware/observe";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { askSample } from "./ask-sample";
import { fieldError } from "./check-endpoint";
import { endpointLimits, type TestEndpointOutput, testEndpointInput } from "./endpoint.types";
import { endpointError } from "./endpoint-error";
import { probeTimeoutMs } from "./look-after-endpoints";
import { workspaceModels } from "./process-state";
import { loadWorkspace } from "./workspace-gateway";

/** A real call to each replica, past routing and retry, so that what is measured is the server. The slowest counts. */
export const testEndpoint = editorProcedure
  .input(testEndpointInput)
  .mutation(async ({ ctx, input, signal }): Promise<TestEndpointOutput> => {
    const { endpoints } = await loadWorkspace(ctx.database, ctx.workspaceId);
    const loaded = endpoints.find(({ row }) => row.id === input.id);
    if (loaded === undefined) throw notFound("endpoint");
    const { row, replicas } = loaded;
    const model =
      input.model === undefined
        ? (row.models.find(({ chat, vision }) => chat && !vision) ?? row.models[0])
        : row.models.find(({ name }) => name === input.model);
    if (input.model !== undefined && model === undefined) {
      throw fieldError("model", "This endpoint has no such model.", "Choose one of its models.");
    }
    const failed = (error: TestEndpointOutput["error"]): TestEndpointOutput => ({
      ok: false,
      model: model?.name ?? null,
      latencyMs: null,
      firstTokenMs: null,
      reply: null,
      error,
    });
    if (model === undefined) {
      const hint = "Add a model first: ask the server for its models.";
      return failed({ code: "model-unknown", message: `The endpoint "${row.name}" has no models yet.`, hint });
    }
    if (replicas.length === 0) {
      const hint = "Start the app with npm start, which starts it too.";
      return failed({ code: "model-unavailable", message: `The endpoint "${row.name}" is not running.`, hint });
    }
    const { state } = workspaceModels(ctx.workspaceId);
    const call = signal ?? new AbortController().signal;
    const results = await Promise.all(
      replicas.map(async ({ key, endpoint }) => {
        const replica = state.replica(key);
        const { health, load } = replica;
        const ofModel = replica.model(model.name);
        const watched = observe(
          () => health.enter(),
          () => load.enter(),
          () => ofModel.enter(),
        )(endpoint);
        try {
          const measured = await askSample(watched, model, call);
          // Somebody mended it and asks: runs need not wait for the breaker.
          replica.breaker.close();
          ofModel.breaker.close();
          return measured;
        } catch (error) {
          await health.probe(endpoint, probeTimeoutMs);
          return endpointError(error);
        }
      }),
    );
    const measured = results.flatMap((result) => ("latencyMs" in result ? [result] : []));
    const error = results.flatMap((result) => ("code" in result ? [result] : []))[0];
    if (error !== undefined) return failed(error);
    const slowest = measured.toSorted((a, b) => b.latencyMs - a.latencyMs)[0];
    if (slowest === undefined) return failed(null);
    const { reply, ...times } = slowest;
    return {
      ok: true,
      model: model.name,
      ...times,
      reply: reply.trim().slice(0, endpointLimits.replyCharacters),
      error: null,
    };
  });
