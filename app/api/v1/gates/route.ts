import { startGateRoute } from "@/server/domain/gate/gate-routes";

export const dynamic = "force-dynamic";

export { startGateRoute as POST };
