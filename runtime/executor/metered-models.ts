import type { GatewayOptions, ModelCallRecord, ModelGateway } from "@/runtime/model/endpoint";
import { callWhole, wholeCalls } from "@/runtime/model/whole-calls";

/** The same models, each call of which is told: those that failed, too. */
export const meteredModels = (models: ModelGateway, onCall: (record: ModelCallRecord) => void): ModelGateway => {
  const told = (options: GatewayOptions): GatewayOptions => ({
    ...options,
    onCall: (record) => {
      onCall(record);
      options.onCall(record);
    },
  });
  return {
    chat: (request, options) => models.chat(request, told(options)),
    complete: (request, options) => models.complete(request, told(options)),
    ...wholeCalls<GatewayOptions>(
      (operation) => (request, options) => callWhole(models, operation, request, told(options)),
    ),
  };
};
