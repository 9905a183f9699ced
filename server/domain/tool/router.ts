import { router } from "@/server/platform/trpc/procedures";
import { fetchDescription } from "./fetch-description";

export const toolRouter = router({ fetchDescription });
