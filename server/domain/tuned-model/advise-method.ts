import { adviseMethod } from "@/runtime/fine-tuning/method-advisor";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { adviceInput } from "./tuned-model.types";

/** Which way of fine-tuning fits the data, the hardware and the task, with the memory it takes. */
export const advise = viewerProcedure.input(adviceInput).query(({ input }) => adviseMethod(input));
