import { startGateRoute } from "@/server/gate/gate-routes";

export const dynamic = "force-dynamic";

export { startGateRoute as POST };
