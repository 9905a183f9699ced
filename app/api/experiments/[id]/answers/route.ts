import { exportAnswersRoute } from "@/server/domain/experiment/export-route";

export const dynamic = "force-dynamic";

/** Every answer of an experiment as CSV or XLSX. */
export { exportAnswersRoute as GET };
