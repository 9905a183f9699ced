import { router } from "@/server/platform/trpc/procedures";
import { listTemplates } from "./list-templates";

export const templateRouter = router({ list: listTemplates });
