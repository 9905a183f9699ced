import { router } from "@/server/trpc";
import { listAudit } from "./list-audit";

export const auditRouter = router({ list: listAudit });
