import { createBatchRoute } from "@/server/api/http/batches/batches";

export const dynamic = "force-dynamic";

export { createBatchRoute as POST };
