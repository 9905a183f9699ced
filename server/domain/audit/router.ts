import { router } from "@/server/platform/trpc/procedures";
import { listAudit, listAuditPeople } from "./list-audit";

export const auditRouter = router({ list: listAudit, people: listAuditPeople });
