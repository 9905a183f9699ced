import { exportRoute } from "@/server/domain/dataset/export-route";

export const dynamic = "force-dynamic";

export { exportRoute as GET };
