import { exportBatchRoute } from "@/server/api/http/batches/batches";

export const dynamic = "force-dynamic";

export { exportBatchRoute as GET };
