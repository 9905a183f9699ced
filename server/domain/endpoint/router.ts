import { router } from "@/server/platform/trpc/procedures";
import { createEndpoint } from "./create-endpoint";
import { discoverModels } from "./discover-models";
import { embeddedStatus } from "./embedded-status";
import { fetchModel } from "./fetch-model";
import { forgetLearning } from "./forget-learning";
import { listEndpoints } from "./list-endpoints";
import { listModels } from "./list-models";
import { probeEndpoint } from "./probe-endpoint";
import { removeEndpoint } from "./remove-endpoint";
import { testEndpoint } from "./test-endpoint";
import { updateEndpoint } from "./update-endpoint";

export const endpointRouter = router({
  list: listEndpoints,
  create: createEndpoint,
  update: updateEndpoint,
  remove: removeEndpoint,
  discover: discoverModels,
  test: testEndpoint,
  probe: probeEndpoint,
  forget: forgetLearning,
  models: listModels,
  embedded: embeddedStatus,
  fetch: fetchModel,
});
