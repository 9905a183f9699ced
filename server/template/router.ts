import { router } from "@/server/trpc";

export const templateRouter = router({});
