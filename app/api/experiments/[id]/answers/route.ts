import { exportAnswersRoute } from "@/server/experiment/export-route";

export const dynamic = "force-dynamic";

/** Every answer of an experiment as CSV or XLSX. */
export { exportAnswersRoute as GET };
