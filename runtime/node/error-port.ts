import { z } from "zod";
import { json, maybe } from "./port";

/** Extra output of a node whose policy is `error-port`: taken when the node fails, instead of its other outputs. */
export const errorPortName = "error";
export const errorPort = maybe(
  json(z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }), { en: "Error", zh: "错误" }),
);
