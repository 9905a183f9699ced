import { retryBatchRoute } from "@/server/api/http/batches/batches";

export const dynamic = "force-dynamic";

export { retryBatchRoute as POST };
