import { router } from "@/server/trpc";
import { listTemplates } from "./list-templates";

export const templateRouter = router({ list: listTemplates });
