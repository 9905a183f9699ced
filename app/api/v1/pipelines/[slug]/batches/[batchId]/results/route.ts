import { batchResultsRoute } from "@/server/api/http/batches/batches";

export const dynamic = "force-dynamic";

export { batchResultsRoute as GET };
