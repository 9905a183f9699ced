import { router } from "@/server/platform/trpc/procedures";
import { getPage, setPage } from "./page-procedures";

export const pageRouter = router({ get: getPage, set: setPage });
