import { readGateRoute } from "@/server/gate/gate-routes";

export const dynamic = "force-dynamic";

export { readGateRoute as GET };
