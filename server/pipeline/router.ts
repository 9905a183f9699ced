import { router } from "@/server/trpc";

export const pipelineRouter = router({});
