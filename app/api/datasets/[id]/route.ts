import { exportRoute } from "@/server/dataset/export-route";

export const dynamic = "force-dynamic";

export { exportRoute as GET };
