import { cancelBatchRoute } from "@/server/api/http/batches/batches";

export const dynamic = "force-dynamic";

export { cancelBatchRoute as POST };
