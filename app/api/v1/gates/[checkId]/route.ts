import { readGateRoute } from "@/server/domain/gate/gate-routes";

export const dynamic = "force-dynamic";

export { readGateRoute as GET };
