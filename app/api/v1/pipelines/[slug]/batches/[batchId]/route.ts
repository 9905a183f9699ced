import { readBatchRoute } from "@/server/api/http/batches/batches";

export const dynamic = "force-dynamic";

export { readBatchRoute as GET };
