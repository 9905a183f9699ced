import { router } from "@/server/trpc";

export const workspaceRouter = router({});
