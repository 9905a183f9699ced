import { router } from "@/server/trpc";
import { listAudit, listAuditPeople } from "./list-audit";

export const auditRouter = router({ list: listAudit, people: listAuditPeople });
