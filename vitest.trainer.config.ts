import { defineConfig } from "vitest/config";
import base from "./vitest.config";

/** Tests that need the real trainer: `npm run test:trainer` starts one and names it by TRAINER_ADDRESS and TRAINER_TOKEN. */
export default defineConfig({ ...base, test: { ...base.test, include: ["server/**/*.trainer.ts"] } });
