import { sampleAccountRoute } from "@/server/api/http/samples/accounts";

export const dynamic = "force-dynamic";

export { sampleAccountRoute as GET };
